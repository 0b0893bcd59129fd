#!/usr/bin/env bash
# Run a command with a throw-away PostgreSQL server, whose URL is in KHABAR_POSTGRES:
#   scripts/with_postgres.sh make test
# Needs Debian's package postgresql. The server listens on a socket in its own folder and on loopback, and is gone after.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
folder=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$folder"
as_server "$bin/initdb" --pgdata "$folder/data" --username khabar --auth trust --encoding UTF8 --locale C.UTF-8 >/dev/null
as_server "$bin/pg_ctl" --pgdata "$folder/data" --wait --silent --log "$folder/log" \
  --options "-p $port -k $folder -c listen_addresses=127.0.0.1 -c max_connections=200" start
trap 'as_server "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate --silent stop; rm -rf "$folder"' EXIT
KHABAR_POSTGRES="postgresql://khabar@127.0.0.1:$port/postgres" "$@"
