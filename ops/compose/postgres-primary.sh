#!/bin/bash
# Once, when the database is made: the application's role (no superuser), its database, and a role for the replica.
set -euo pipefail
password=$(cat /run/secrets/database_password)
replication=$(cat /run/secrets/replication_password)
psql -v ON_ERROR_STOP=1 -U postgres -v password="$password" -v replication="$replication" <<'SQL'
CREATE ROLE siji LOGIN PASSWORD :'password';
CREATE DATABASE siji OWNER siji LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0;
CREATE ROLE siji_replica LOGIN REPLICATION PASSWORD :'replication';
SELECT pg_create_physical_replication_slot('siji_replica_1');
SQL
echo "host replication siji_replica samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
