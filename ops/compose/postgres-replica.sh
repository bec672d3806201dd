#!/bin/bash
# A copy of the primary, made at the first start; afterwards it streams from where it stood.
set -euo pipefail
PGPASSWORD=$(cat /run/secrets/replication_password)
export PGPASSWORD
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "${PGDATA:?}"
  until pg_basebackup -h postgres -U siji_replica -D "$PGDATA" -X stream -c fast -S siji_replica_1; do sleep 2; done
  chmod 700 "$PGDATA"
  touch "$PGDATA/standby.signal"
fi
exec postgres -c "primary_conninfo=host=postgres user=siji_replica password=$PGPASSWORD application_name=siji_replica_1" \
  -c primary_slot_name=siji_replica_1 -c hot_standby_feedback=on -c wal_receiver_status_interval=1s -c max_connections=200 -c jit=off
