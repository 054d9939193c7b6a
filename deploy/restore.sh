#!/usr/bin/env bash
# Puts a copy of backup.sh into an empty database and an empty data folder:
#   deploy/restore.sh BACKUP_DIR DATABASE_URL DATA_DIR
#
# Start no role before it has ended; then `npx wayside start …` as ever: the judge reads on in Kafka from where the copy ends.
# PSQL and PG_RESTORE name the programs where those of the path are older than the server.
set -euo pipefail
[ $# -eq 3 ] || { echo "usage: $0 BACKUP_DIR DATABASE_URL DATA_DIR" >&2; exit 2; }
backup=$1 url=$2 data=$3
query() { ${PSQL:-psql} --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$url" --command="$1"; }

(cd "$backup" && sha256sum --check --quiet SHA256SUMS) || { echo "$backup is not as it was written" >&2; exit 1; }
[ ! -e "$data/keys" ] || { echo "$data is the folder of a house already" >&2; exit 2; }
[ "$(query "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")" = 0 ] ||
  { echo 'the database is not empty' >&2; exit 2; }

query 'CREATE EXTENSION IF NOT EXISTS timescaledb' > /dev/null
query 'SELECT timescaledb_pre_restore()' > /dev/null
${PG_RESTORE:-pg_restore} --no-owner --exit-on-error --dbname="$url" < "$backup/database.dump"
query 'SELECT timescaledb_post_restore()' > /dev/null
mkdir -p "$data"
cp -a "$backup/data/." "$data/"
echo "restored: $(query 'SELECT count(*) FROM transfer') rows of the ledger, $(query 'SELECT count(*) FROM infraction') infractions"
