-- A key that someone found in public is revoked as leaked, in the same statement.
ALTER TABLE "api_keys" ADD COLUMN "is_leaked" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "leak_url" TEXT;
ALTER TABLE api_keys
  ADD CONSTRAINT api_keys_leaked_is_revoked CHECK (NOT is_leaked OR revoked_at IS NOT NULL),
  ADD CONSTRAINT api_keys_leak_url CHECK (leak_url IS NULL OR (is_leaked AND length(leak_url) BETWEEN 1 AND 2000));
-- A new key says that it is not leaked; the check allows nothing else.
GRANT INSERT (is_leaked), UPDATE (is_leaked, leak_url) ON api_keys TO console_web;

-- What a key's owner is told, once for each key and kind.
CREATE TABLE "key_notices" (
    "key_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    CONSTRAINT "key_notices_pkey" PRIMARY KEY ("key_id", "kind"),
    CONSTRAINT key_notices_kind CHECK (kind IN ('leaked', 'expires_in_30_days', 'expires_in_10_days', 'expires_in_2_days'))
);
ALTER TABLE "key_notices" ADD CONSTRAINT "key_notices_key_id_fkey"
  FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
GRANT SELECT ON key_notices TO console_app;
GRANT INSERT (key_id, kind) ON key_notices TO console_web, console_worker;

-- The worker finds the keys that are about to expire, without reading their hashes.
GRANT SELECT (id, created_at, expires_at, revoked_at) ON api_keys TO console_worker;
CREATE INDEX api_keys_expires_at_idx ON api_keys (expires_at) WHERE revoked_at IS NULL;
