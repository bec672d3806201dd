"""Whether the database answers, asked by a connection of its own: those of the pool may be waited for, or live on alone."""

from __future__ import annotations

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

PATIENCE = 3


def database_answers() -> bool:
    said = connection.settings_dict
    address = {
        name: said[key] for name, key in (("dbname", "NAME"), ("user", "USER"), ("password", "PASSWORD"), ("host", "HOST"))
    }
    options = {name: value for name, value in said["OPTIONS"].items() if name.startswith("ssl")}
    patience = {"connect_timeout": str(PATIENCE), "options": f"-c statement_timeout={PATIENCE}s"}
    try:
        with psycopg.connect(make_conninfo(**address, **options, **patience, port=said["PORT"]), autocommit=True) as own:
            own.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except psycopg.Error:
        return False
    return True
