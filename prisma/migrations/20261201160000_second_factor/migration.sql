-- What a person proves besides their password: codes of an authenticator app (TOTP), or passkeys (WebAuthn), which
-- also sign in alone.
CREATE TABLE "second_factors" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "last_used_at" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),
    "secret" BYTEA,
    "last_step" BIGINT,
    "credential_id" TEXT,
    "public_key" BYTEA,
    "sign_count" BIGINT,
    CONSTRAINT "second_factors_pkey" PRIMARY KEY ("id"),
    CONSTRAINT second_factors_kind CHECK (kind IN ('totp', 'passkey')),
    CONSTRAINT second_factors_name CHECK (length(name) BETWEEN 1 AND 60),
    CONSTRAINT second_factors_bounded CHECK (length(secret) <= 200 AND length(credential_id) <= 1400
      AND length(public_key) <= 4000),
    -- A removed factor keeps no secret.
    CONSTRAINT second_factors_complete CHECK (CASE
      WHEN removed_at IS NOT NULL THEN secret IS NULL AND public_key IS NULL
      WHEN kind = 'totp' THEN secret IS NOT NULL AND last_step IS NOT NULL AND credential_id IS NULL AND public_key IS NULL
      ELSE secret IS NULL AND credential_id IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL END)
);
CREATE UNIQUE INDEX "second_factors_credential_id_key" ON "second_factors"("credential_id");
CREATE INDEX "second_factors_person_id_idx" ON "second_factors"("person_id");
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_person_id_fkey"
  FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- For a person who has lost their factors. Each code has 120 random bits, so SHA-256 suffices.
CREATE TABLE "recovery_codes" (
    "person_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("person_id", "hash"),
    CONSTRAINT recovery_codes_hash CHECK (length(hash) = 32)
);
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_person_id_fkey"
  FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Sealed tickets that were used, until they expire: each works once.
CREATE TABLE "spent_tickets" (
    "id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "spent_tickets_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "spent_tickets_expires_at_idx" ON "spent_tickets"("expires_at");

-- What was proven at the sign-in. Empty for sessions from before.
ALTER TABLE "sessions" ADD COLUMN "authenticated_with" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE sessions ADD CONSTRAINT sessions_authenticated_with CHECK (authenticated_with IS NOT NULL
  AND authenticated_with <@ ARRAY['password', 'totp', 'recovery_code', 'passkey', 'identity_provider']);

-- The rules ----------------------------------------------------------------------------------------------------------

CREATE FUNCTION has_second_factor(of_person uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT EXISTS (SELECT FROM public.second_factors WHERE person_id = of_person AND removed_at IS NULL)
$$;

-- A time step, a counter and a recovery code are used once, and what was removed stays removed.
CREATE FUNCTION keep_used_factor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of person % was used before, or removed', TG_TABLE_NAME, OLD.person_id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER second_factors_forward BEFORE UPDATE ON second_factors FOR EACH ROW
  WHEN (OLD.removed_at IS NOT NULL OR NEW.last_step < OLD.last_step OR NEW.sign_count < OLD.sign_count)
  EXECUTE FUNCTION keep_used_factor();
CREATE TRIGGER recovery_codes_once BEFORE UPDATE ON recovery_codes FOR EACH ROW
  WHEN (OLD.used_at IS NOT NULL) EXECUTE FUNCTION keep_used_factor();

-- Nobody has both an identity provider and a factor of ours.
CREATE FUNCTION require_no_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.identities WHERE person_id = NEW.person_id)
    OR NOT EXISTS (SELECT FROM public.people WHERE id = NEW.person_id AND kind = 'staff') THEN
    RAISE EXCEPTION 'person % signs in with an identity provider, or is no staff', NEW.person_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER second_factors_with_password BEFORE INSERT ON second_factors FOR EACH ROW
  EXECUTE FUNCTION require_no_identity();

CREATE FUNCTION remove_second_factors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.second_factors SET removed_at = date_trunc('milliseconds', now()), secret = NULL, public_key = NULL
    WHERE person_id = NEW.person_id AND removed_at IS NULL;
  DELETE FROM public.recovery_codes WHERE person_id = NEW.person_id;
  RETURN NULL;
END $$;
CREATE TRIGGER identities_instead_of_factors AFTER INSERT ON identities FOR EACH ROW
  EXECUTE FUNCTION remove_second_factors();

-- A person with a factor gets no session without one.
CREATE FUNCTION require_second_factor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF public.has_second_factor(NEW.person_id) THEN
    RAISE EXCEPTION 'person % has a second factor', NEW.person_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sessions_with_second_factor BEFORE INSERT ON sessions FOR EACH ROW
  WHEN (NOT (NEW.authenticated_with && ARRAY['totp', 'recovery_code', 'passkey']) AND NOT acts_as_owner())
  EXECUTE FUNCTION require_second_factor();

-- The trail ----------------------------------------------------------------------------------------------------------

DO $$
DECLARE
  known text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(known, '''person.password_changed''::text', '''person.password_changed''::text, '
      || '''person.factor_added''::text, ''person.factor_removed''::text, ''person.recovery_codes_made''::text');
END $$;

CREATE FUNCTION require_entry_of_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.audit_unsealed
    WHERE target_id = NEW.person_id AND action = ANY (TG_ARGV) AND written_in = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION '% of person % was changed without an audit entry', TG_TABLE_NAME, NEW.person_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER second_factors_added_with_entry AFTER INSERT ON second_factors
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner())
  EXECUTE FUNCTION require_entry_of_person('person.factor_added');
-- The entry that links an identity covers the factors that it replaces.
CREATE CONSTRAINT TRIGGER second_factors_removed_with_entry AFTER UPDATE ON second_factors
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.removed_at IS DISTINCT FROM OLD.removed_at AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry_of_person('person.factor_removed', 'person.provisioned', 'person.updated');
CREATE CONSTRAINT TRIGGER recovery_codes_made_with_entry AFTER INSERT ON recovery_codes
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner())
  EXECUTE FUNCTION require_entry_of_person('person.recovery_codes_made');

-- Entries about factors need a change of factors.
DO $$
BEGIN
  EXECUTE replace(pg_get_functiondef('require_deed'::regproc), 'WHEN ''key.created'' THEN',
    'WHEN ''person.factor_added'' THEN EXISTS (
      SELECT FROM public.second_factors f WHERE f.person_id = NEW.target_id AND f.removed_at IS NULL
        AND public.is_written_here(f.xmin))
    WHEN ''person.factor_removed'' THEN EXISTS (
      SELECT FROM public.second_factors f WHERE f.person_id = NEW.target_id AND f.removed_at IS NOT NULL
        AND public.is_written_here(f.xmin))
    WHEN ''person.recovery_codes_made'' THEN EXISTS (
      SELECT FROM public.recovery_codes c WHERE c.person_id = NEW.target_id AND c.used_at IS NULL
        AND public.is_written_here(c.xmin))
    WHEN ''key.created'' THEN');
END $$;

-- Privileges: only the web server signs people in. -------------------------------------------------------------------

GRANT SELECT, INSERT (person_id, kind, name, secret, last_step, credential_id, public_key, sign_count),
  UPDATE (name, last_used_at, removed_at, secret, last_step, public_key, sign_count) ON second_factors TO console_web;
GRANT SELECT, INSERT (person_id, hash), UPDATE (used_at), DELETE ON recovery_codes TO console_web;
GRANT SELECT, INSERT, DELETE ON spent_tickets TO console_web;
GRANT INSERT (authenticated_with) ON sessions TO console_web;
