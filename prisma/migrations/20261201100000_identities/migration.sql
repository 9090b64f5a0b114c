-- Single sign-on: the account at an identity provider that a staff person signs in with, instead of a password.
CREATE TABLE "identities" (
    "person_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', now()),
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', now()),
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "identities_pkey" PRIMARY KEY ("person_id")
);
CREATE UNIQUE INDEX "identities_issuer_subject_key" ON "identities"("issuer", "subject");
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE identities ADD CONSTRAINT identities_bounded CHECK (
  length(provider) BETWEEN 1 AND 40 AND length(issuer) BETWEEN 1 AND 500 AND length(subject) BETWEEN 1 AND 255);

-- A person has either a password or an identity, so that no password goes around the provider.
CREATE FUNCTION require_no_password() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.people WHERE id = NEW.person_id AND kind = 'staff' AND password_hash IS NULL) THEN
    RAISE EXCEPTION 'person % signs in with a password, or is no staff', NEW.person_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identities_instead_of_password';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER identities_instead_of_password AFTER INSERT OR UPDATE ON identities
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_no_password();

CREATE FUNCTION require_password_or_identity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  has_identity boolean := EXISTS (SELECT FROM public.identities WHERE person_id = NEW.id);
BEGIN
  IF has_identity AND NEW.password_hash IS NOT NULL THEN
    RAISE EXCEPTION 'person % signs in with an identity provider', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_password_or_identity';
  END IF;
  IF NOT has_identity AND NEW.password_hash IS NULL AND NOT public.acts_as_owner() THEN
    RAISE EXCEPTION 'person % lost the password without an identity provider', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_password_or_identity';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER people_password_or_identity BEFORE UPDATE ON people FOR EACH ROW
  WHEN (NEW.password_hash IS DISTINCT FROM OLD.password_hash) EXECUTE FUNCTION require_password_or_identity();
-- Losing a password needs no link.
DROP TRIGGER people_password_by_link ON people;
CREATE TRIGGER people_password_by_link BEFORE UPDATE ON people FOR EACH ROW
  WHEN (NEW.password_hash IS DISTINCT FROM OLD.password_hash AND NEW.password_hash IS NOT NULL)
  EXECUTE FUNCTION require_password_link();

-- An identity provider may change its people's email addresses; nobody else may.
CREATE FUNCTION require_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.identities WHERE person_id = NEW.id) THEN
    RAISE EXCEPTION 'the email of person % was changed without an identity provider', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_email_by_identity';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER people_email_by_identity BEFORE UPDATE ON people FOR EACH ROW
  WHEN (NEW.email IS DISTINCT FROM OLD.email AND NOT acts_as_owner()) EXECUTE FUNCTION require_identity();

-- The trail --------------------------------------------------------------------------------------------------------

-- The actions are the ones that stand, with one more.
DO $$
DECLARE
  known text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(known, '''person.invited''::text', '''person.invited''::text, ''person.provisioned''::text');
END $$;

DROP TRIGGER people_changed_with_entry ON people;
CREATE CONSTRAINT TRIGGER people_changed_with_entry AFTER INSERT OR UPDATE ON people
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('person.invited', 'person.provisioned', 'person.updated', 'person.disabled',
    'person.enabled', 'person.password_set', 'person.password_changed');

-- Whoever gets an identity, or another one, has an entry that says so.
CREATE FUNCTION require_identity_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.audit_unsealed WHERE target_id = NEW.person_id
      AND action IN ('person.provisioned', 'person.updated') AND written_in = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION 'the identity of person % was changed without an audit entry', NEW.person_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'identities_changed_with_entry';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER identities_made_with_entry AFTER INSERT ON identities
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner()) EXECUTE FUNCTION require_identity_entry();
CREATE CONSTRAINT TRIGGER identities_changed_with_entry AFTER UPDATE ON identities
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.issuer, OLD.subject) IS DISTINCT FROM (NEW.issuer, NEW.subject) AND NOT acts_as_owner())
  EXECUTE FUNCTION require_identity_entry();

-- Privileges: only the web server signs people in. -----------------------------------------------------------------

GRANT SELECT, INSERT (person_id, provider, issuer, subject),
  UPDATE (provider, issuer, subject, last_seen_at, disabled_at) ON identities TO console_web;
GRANT UPDATE (email) ON people TO console_web;
