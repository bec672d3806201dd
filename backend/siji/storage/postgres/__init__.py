"""Django's PostgreSQL backend, with cursors whose plans are kept: for ``storage/prepared.py``."""
