"""Celery wakes work that is already a row; it holds no truth (see jobs/)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
app = Celery("siji")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
