from django.apps import AppConfig


class AiConfig(AppConfig):
    name = "siji.ai"
