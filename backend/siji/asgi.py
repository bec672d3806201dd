"""The stream process: granian, ASGI, server-sent events only (see docs/decisions)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
application = get_asgi_application()
