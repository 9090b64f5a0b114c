#!/bin/sh
# Writes the secrets of a new deployment to the folder `secrets`, or to the one named. Never overwrites any.
set -eu
cd "$(dirname "$0")"
folder=${1:-secrets}
umask 077
mkdir "$folder"

key() { openssl rand -base64 32; }
password() { openssl rand -hex 24; }
url() { echo "postgresql://$1:$2@postgres:5432/console"; }

owner=$(password) web=$(password) worker=$(password)
encryption=$(key) metrics=$(password)

printf %s "$owner" >"$folder/postgres_password"

cat >"$folder/owner.env" <<END
MIGRATE_DATABASE_URL=$(url console_owner "$owner")
DATABASE_URL=$(url runflow_web "$web")
WORKER_DATABASE_URL=$(url runflow_worker "$worker")
END

cat >"$folder/web.env" <<END
DATABASE_URL=$(url runflow_web "$web")
NEXTAUTH_SECRET=$(key)
CURSOR_SECRET=$(key)
PROVIDER_SECRETS=$(key)
ENCRYPTION_KEYS=$encryption
METRICS_TOKEN=$metrics
END

cat >"$folder/worker.env" <<END
WORKER_DATABASE_URL=$(url runflow_worker "$worker")
ENCRYPTION_KEYS=$encryption
METRICS_TOKEN=$metrics
AUDIT_SIGNING_KEYS=$(key)
END

echo "Wrote $folder/: add other settings of .env.example to web.env and worker.env."
