"""The stream process: granian, ASGI, server-sent events only (see docs/decisions)."""

import os

from django.core.asgi import get_asgi_application

from siji.embedded.starting import check_start, or_refuse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
# Each stream has a thread of its own for as long as it is open, and without a pool each of them could keep a connection.
for name, value in (("DB_POOL", "1"), ("DB_POOL_MIN", "1"), ("DB_POOL_MAX", "4"), ("DB_POOL_RESERVED", "0")):
    os.environ.setdefault(name, value)
application = or_refuse(get_asgi_application)
or_refuse(check_start)
