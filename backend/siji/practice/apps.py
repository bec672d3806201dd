from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "siji.practice"
