"""The API process: granian, WSGI, threads."""

import os

from django.core.wsgi import get_wsgi_application

from siji.embedded.starting import check_start, or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
os.environ.setdefault("DB_POOL", "1")
application = or_refuse(get_wsgi_application)
or_refuse(check_start)
