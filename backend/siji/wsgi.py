"""The API process: granian, WSGI, threads."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from siji.embedded.starting import check_start, leave_alone_what_stays, or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
os.environ.setdefault("DB_POOL", "1")
application = or_refuse(get_wsgi_application)
or_refuse(check_start)
get_resolver().url_patterns  # noqa: B018  # reads the operations, which a first request would otherwise wait for
leave_alone_what_stays()
