"""Backups of one machine's Siji: the whole cluster with what people uploaded, checked when written and when restored.

A backup is a folder named by its moment in UTC:

    2026-11-27T022130Z/
      backup.json        what is in it: size and SHA-256 of every file, version, moment, where the write-ahead log begins
      base.tar.gz        the database's files (pg_basebackup), with PostgreSQL's own manifest
      pg_wal.tar.gz      the log that makes them consistent
      home.tar.gz        secrets, recordings, uploads

Beside the backups ``wal/`` takes each finished segment of the log, so that a restore can stop at any moment since the backup.
A sealed file (``.sealed`` at the end) needs the passphrase it was sealed with.
"""
