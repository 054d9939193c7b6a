#!/usr/bin/env bash
# A copy of a house on the server profile, while it runs: deploy/backup.sh DATABASE_URL DATA_DIR TARGET_DIR
#
# The database first, then the files that its rows name: files are only ever added, so none is missing. What Kafka holds is
# not copied: after a restore the judge reads on from the offset that the copy says (docs/operations.md).
# PG_DUMP names the program where the one of the path is older than the server.
set -euo pipefail
[ $# -eq 3 ] || { echo "usage: $0 DATABASE_URL DATA_DIR TARGET_DIR" >&2; exit 2; }
url=$1 data=$2 target=$3
[ -d "$data/keys" ] || { echo "$data is no data folder of a house: it has no keys" >&2; exit 2; }
[ ! -e "$target" ] || { echo "$target is there already: a backup never overwrites another" >&2; exit 2; }

umask 077
partial="$target.partial"
rm -rf "$partial"
mkdir -p "$partial/data"
${PG_DUMP:-pg_dump} --format=custom --no-owner --dbname="$url" > "$partial/database.dump"
for part in keys uploads letters officers.json; do
  [ ! -e "$data/$part" ] || cp -a "$data/$part" "$partial/data/"
done
(cd "$partial" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS)
sync -f "$partial"
mv "$partial" "$target"
echo "$(wc -l < "$target/SHA256SUMS") files, $(du -sh "$target" | cut -f1), in $target"
