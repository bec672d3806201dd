"""The stream process: granian, ASGI, server-sent events only (see docs/decisions)."""

import os

from django.core.asgi import get_asgi_application

from siji.embedded.starting import check_start, or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
application = or_refuse(get_asgi_application)
or_refuse(check_start)
