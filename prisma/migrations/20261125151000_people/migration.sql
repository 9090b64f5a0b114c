-- Staff are invited, changed, disabled and enabled by admins, and set their own passwords.

ALTER TABLE "people" ADD COLUMN "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', now());

-- The link by which a person sets a password. One is open at most: a new one takes the old one's place.
CREATE TABLE "password_links" (
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', now()),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_links_pkey" PRIMARY KEY ("person_id")
);
CREATE UNIQUE INDEX "password_links_token_hash_key" ON "password_links"("token_hash");
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE password_links
  ADD CONSTRAINT password_links_hash_is_sha256 CHECK (length(token_hash) = 32),
  ADD CONSTRAINT password_links_are_short_lived CHECK (expires_at <= created_at + interval '24 hours');

-- A reach is part of its person: whoever remembers the person's row (`key_version`) notices a change of the reach by it.
CREATE FUNCTION touch_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.people SET updated_at = date_trunc('milliseconds', clock_timestamp())
  WHERE id = coalesce(NEW.person_id, OLD.person_id);
  RETURN NULL;
END $$;
CREATE TRIGGER person_reach_is_the_persons AFTER INSERT OR UPDATE OR DELETE ON person_reach
  FOR EACH ROW EXECUTE FUNCTION touch_person();

-- The last admin ---------------------------------------------------------------------------------------------------

-- Whether somebody can sign in, manage everyone and reach every organization.
CREATE FUNCTION is_full_admin(p people) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN p.role = 'admin' AND p.reaches_all_orgs AND p.disabled_at IS NULL AND p.password_hash IS NOT NULL
    AND p.email_verified_at IS NOT NULL;

CREATE FUNCTION is_last_admin(person_id uuid) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM public.people p WHERE p.id = person_id AND is_full_admin(p))
    AND NOT EXISTS (SELECT FROM public.people p WHERE p.id <> person_id AND is_full_admin(p));

-- Two who go at once are two transactions that don't see each other's change; so they come here one after the other.
CREATE FUNCTION keep_last_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('the last admin', 0));
  IF is_last_admin(OLD.id) THEN
    RAISE EXCEPTION 'person % is the last admin who reaches all organizations', OLD.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_keep_an_admin';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER people_keep_an_admin BEFORE UPDATE ON people FOR EACH ROW
  WHEN (is_full_admin(OLD) AND NOT is_full_admin(NEW)) EXECUTE FUNCTION keep_last_admin();

-- The trail --------------------------------------------------------------------------------------------------------

-- Nobody comes, changes or goes without the entry that says who did it, but by the owner's hand, who is outside of what the
-- console can vouch for. Checked when the transaction commits.
CREATE FUNCTION require_person_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'public.people'::regclass)
    AND NOT EXISTS (
      SELECT FROM public.audit_entries
      WHERE target_id = NEW.id AND target_type = 'person' AND occurred_at >= date_trunc('milliseconds', now())
    ) THEN
    RAISE EXCEPTION 'person % was changed without an audit entry', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_changed_with_entry';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER people_changed_with_entry AFTER INSERT OR UPDATE ON people
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_person_entry();

-- A password comes by a link that is used in the same transaction, so by the person alone; as the owner, by hand.
CREATE FUNCTION require_password_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'public.people'::regclass)
    AND NOT EXISTS (
      SELECT FROM public.password_links
      WHERE person_id = NEW.id AND used_at >= date_trunc('milliseconds', now()) AND used_at < expires_at
    ) THEN
    RAISE EXCEPTION 'the password of person % was set without a link', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_password_by_link';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER people_password_by_link BEFORE UPDATE ON people FOR EACH ROW
  WHEN (NEW.password_hash IS DISTINCT FROM OLD.password_hash) EXECUTE FUNCTION require_password_link();

ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled', 'run.payload_revealed',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered',
    'model.updated', 'view.created', 'view.updated', 'view.deleted', 'session.started', 'session.ended',
    'audit.exported', 'audit.checkpoint_requested', 'audit.month_retired',
    'key.created', 'key.revoked',
    'person.invited', 'person.updated', 'person.disabled', 'person.enabled', 'person.password_set')),
  -- Nobody is kept out without saying why.
  ADD CONSTRAINT audit_entries_disablement_has_reason CHECK (
    action <> 'person.disabled' OR meta ->> 'reason' IS NOT NULL);

-- Privileges -------------------------------------------------------------------------------------------------------

GRANT INSERT (kind, name, email, role, reaches_all_orgs) ON people TO console_web;
GRANT UPDATE (name, role, reaches_all_orgs, disabled_at, email_verified_at, password_hash, updated_at) ON people
  TO console_web;
GRANT INSERT, DELETE ON person_reach TO console_web;
GRANT SELECT, INSERT, UPDATE (token_hash, created_at, expires_at, used_at) ON password_links TO console_web;
