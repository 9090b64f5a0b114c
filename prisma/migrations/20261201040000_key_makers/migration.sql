-- Who made a key: the person signed in, or the owner of the key that made it. Null if nobody recorded it.
ALTER TABLE "api_keys" ADD COLUMN "created_by" UUID;
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "api_keys_created_by_idx" ON "api_keys"("created_by");

-- The trail knows who made older service keys. Customers' keys keep working whoever made them: see decision 050.
UPDATE api_keys k SET created_by = p.id
FROM audit_entries e
  LEFT JOIN api_keys by_key ON e.actor_type = 'service_key' AND by_key.id = e.actor_id
  JOIN people p ON p.id = coalesce(e.actor_owner_id, by_key.owner_id, e.actor_id)
WHERE e.target_id = k.id AND e.action = 'key.created' AND k.kind = 'service' AND k.revoked_at IS NULL;

-- A key for someone else has no secret until they claim it through a link.
ALTER TABLE "api_keys" ALTER COLUMN "hash" DROP NOT NULL;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_only_inference_pending CHECK (hash IS NOT NULL OR kind = 'inference');

CREATE TABLE "key_claims" (
    "key_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_claims_pkey" PRIMARY KEY ("key_id")
);
CREATE UNIQUE INDEX "key_claims_token_hash_key" ON "key_claims"("token_hash");
ALTER TABLE "key_claims" ADD CONSTRAINT "key_claims_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE key_claims
  ADD CONSTRAINT key_claims_hash_is_sha256 CHECK (length(token_hash) = 32),
  ADD CONSTRAINT key_claims_are_short_lived CHECK (expires_at <= created_at + interval '7 days');

-- Nobody makes a working key in someone else's name.
CREATE FUNCTION refuse_key_for_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'key % needs a maker, who must be its owner unless the owner claims it', NEW.id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'api_keys_for_oneself';
END $$;
CREATE TRIGGER api_keys_for_oneself BEFORE INSERT ON api_keys FOR EACH ROW
  WHEN ((NEW.created_by IS NULL OR (NEW.owner_id <> NEW.created_by AND NEW.hash IS NOT NULL)) AND NOT acts_as_owner())
  EXECUTE FUNCTION refuse_key_for_another();

-- A secret comes once, through a link that is used in the same transaction.
CREATE FUNCTION require_key_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.hash IS NOT NULL OR NOT EXISTS (
    SELECT FROM public.key_claims
    WHERE key_id = NEW.id AND used_at >= date_trunc('milliseconds', now()) AND used_at < expires_at
  ) THEN
    RAISE EXCEPTION 'the secret of key % was set without a link', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'api_keys_claimed_by_link';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER api_keys_claimed_by_link BEFORE UPDATE ON api_keys FOR EACH ROW
  WHEN ((NEW.hash IS DISTINCT FROM OLD.hash OR NEW.prefix <> OLD.prefix) AND NOT acts_as_owner())
  EXECUTE FUNCTION require_key_claim();
CREATE CONSTRAINT TRIGGER api_keys_claimed_with_entry AFTER UPDATE ON api_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.hash IS DISTINCT FROM OLD.hash AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('key.claimed');

-- Entries of keys name the owner and the maker. Earlier ones have neither, and keep their hash.
ALTER TABLE audit_entries
  ADD COLUMN actor_maker_id UUID,
  ADD COLUMN actor_maker_name TEXT,
  ADD COLUMN actor_maker_email TEXT;
ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_owner_of_service_key;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_owner_of_key CHECK (
    (actor_owner_id IS NULL AND actor_owner_name IS NULL AND actor_owner_role IS NULL)
    OR (actor_owner_id IS NOT NULL AND actor_owner_name IS NOT NULL AND actor_type IN ('service_key', 'inference_key'))),
  ADD CONSTRAINT audit_entries_maker_of_key CHECK (
    (actor_maker_id IS NULL AND actor_maker_name IS NULL AND actor_maker_email IS NULL)
    OR (actor_maker_id IS NOT NULL AND actor_maker_name IS NOT NULL AND actor_maker_email IS NOT NULL
      AND length(actor_maker_name) <= 400 AND length(actor_maker_email) <= 400
      AND actor_type IN ('service_key', 'inference_key')));

-- The list of actions is the one that stands, with more.
DO $$
DECLARE
  known text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(known, '''key.created''::text', '''key.created''::text, ''key.link_created''::text, ''key.claimed''::text');
END $$;

-- Entries about links and claims need those, like every entry.
DO $$
BEGIN
  EXECUTE replace(pg_get_functiondef('require_deed'::regproc), 'WHEN ''key.created'' THEN',
    'WHEN ''key.link_created'' THEN EXISTS (
      SELECT FROM public.key_claims c WHERE c.key_id = NEW.target_id AND c.used_at IS NULL
        AND public.is_written_here(c.xmin))
    WHEN ''key.claimed'' THEN EXISTS (
      SELECT FROM public.api_keys k WHERE k.id = NEW.target_id AND k.hash IS NOT NULL
        AND public.is_written_here(k.xmin))
    WHEN ''key.created'' THEN');
END $$;

-- Privileges -------------------------------------------------------------------------------------------------------

GRANT INSERT (created_by) ON api_keys TO console_web;
GRANT UPDATE (hash, prefix) ON api_keys TO console_web;
GRANT SELECT, INSERT, UPDATE (token_hash, created_at, expires_at, used_at) ON key_claims TO console_web;
GRANT INSERT (actor_maker_id, actor_maker_name, actor_maker_email) ON audit_entries TO console_web, console_worker;
-- Bulk cancellations leave out the runs of keys that the canceling person made.
GRANT SELECT (id, created_by) ON api_keys TO console_worker;
GRANT SELECT (api_key_id) ON runs TO console_worker;
