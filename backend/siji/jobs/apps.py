from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "siji.jobs"

    def ready(self) -> None:
        """Make ours the current Celery application in every process, and let each app register its handlers."""
        from django.utils.module_loading import autodiscover_modules

        from siji import celery

        celery.app.set_default()
        autodiscover_modules("handlers")
