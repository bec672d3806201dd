"""The API process: granian, WSGI, threads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from siji.embedded.starting import check_start, or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
os.environ.setdefault("DB_POOL", "1")
application = or_refuse(get_wsgi_application)
or_refuse(check_start)
get_resolver().url_patterns  # noqa: B018  # the interface with all its rooms, which would be read at the first request
# What a process is made of stays as long as it does: the collector need not look through it again and again, nor come after every
# few hundred objects, of which one page of a class has thousands.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
