-- No deed without its entry, and no entry without its deed: both are checked when the transaction commits.

-- The queue of unsealed entries tells what a transaction has written: one small table instead of every month's.
ALTER TABLE audit_unsealed
  ADD COLUMN target_id UUID,
  ADD COLUMN action TEXT,
  ADD COLUMN written_in XID8;
UPDATE audit_unsealed u SET target_id = e.target_id, action = e.action, written_in = '3'
  FROM audit_entries e WHERE e.id = u.entry_id AND e.occurred_at = u.occurred_at;
ALTER TABLE audit_unsealed
  ALTER COLUMN target_id SET NOT NULL,
  ALTER COLUMN action SET NOT NULL,
  ALTER COLUMN written_in SET NOT NULL,
  ALTER COLUMN written_in SET DEFAULT pg_current_xact_id();
CREATE INDEX "audit_unsealed_target_id_idx" ON "audit_unsealed"("target_id");

CREATE OR REPLACE FUNCTION queue_for_sealing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.audit_unsealed (entry_id, occurred_at, target_id, action)
  SELECT id, occurred_at, target_id, action FROM written;
  -- A commit that notifies keeps others waiting, so one transaction at a time does; the sealer also looks on its own.
  IF FOUND AND pg_try_advisory_xact_lock(7020020261126) THEN
    PERFORM pg_notify('audit_written', '');
  END IF;
  RETURN NULL;
END $$;

-- Someone who acts as the owner, by hand or in a migration, is outside of what the console vouches for.
CREATE FUNCTION acts_as_owner() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = 'public.audit_entries'::regclass), 'USAGE')
$$;

-- Whether this transaction, or a savepoint of it, wrote the row version.
CREATE FUNCTION is_written_here(row_version xid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
DECLARE
  own bigint := pg_current_xact_id()::text::bigint;
  apart bigint := row_version::text::bigint - (own & 4294967295);
BEGIN
  IF apart > 2147483647 THEN apart := apart - 4294967296; END IF;
  IF apart < -2147483648 THEN apart := apart + 4294967296; END IF;
  -- Far ahead of this transaction lies only what was frozen, older than transaction ids reach; savepoints are close to it.
  RETURN apart < 1000000 AND own + apart > 2
    AND coalesce(pg_xact_status((own + apart)::text::xid8) = 'in progress', false);
END $$;

-- Deeds need entries. The arguments are the actions that may account for the deed.
CREATE FUNCTION require_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.audit_unsealed
    WHERE target_id = NEW.id AND action = ANY (TG_ARGV) AND written_in = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION '% % was changed without an audit entry', TG_TABLE_NAME, NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER runs_cancelled_with_entry ON runs;
DROP FUNCTION require_cancellation_entry();
CREATE CONSTRAINT TRIGGER runs_cancelled_with_entry AFTER UPDATE ON runs
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status_code = 'canceled' AND OLD.status_code <> 'canceled')
  EXECUTE FUNCTION require_entry('run.cancelled');

DROP TRIGGER api_keys_revoked_with_entry ON api_keys;
DROP FUNCTION require_revocation_entry();
CREATE CONSTRAINT TRIGGER api_keys_revoked_with_entry AFTER UPDATE ON api_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL)
  EXECUTE FUNCTION require_entry('key.revoked');
CREATE CONSTRAINT TRIGGER api_keys_made_with_entry AFTER INSERT ON api_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('key.created');

DROP TRIGGER people_changed_with_entry ON people;
DROP FUNCTION require_person_entry();
CREATE CONSTRAINT TRIGGER people_changed_with_entry AFTER INSERT OR UPDATE ON people
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('person.invited', 'person.updated', 'person.disabled', 'person.enabled',
    'person.password_set');

CREATE CONSTRAINT TRIGGER sessions_started_with_entry AFTER INSERT ON sessions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('session.started');
CREATE CONSTRAINT TRIGGER sessions_ended_with_entry AFTER UPDATE ON sessions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.ended_at IS DISTINCT FROM NEW.ended_at AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('session.ended');

-- Entries need deeds. A run's entry has the moment of its end, and a unique index of that month takes only one.
CREATE FUNCTION require_deed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_done boolean;
BEGIN
  is_done := CASE NEW.action
    WHEN 'run.cancelled' THEN EXISTS (
      SELECT FROM public.runs r WHERE r.id = NEW.target_id AND r.status_code = 'canceled'
        AND r.completed_at = NEW.occurred_at AND r.org_id = NEW.org_id)
    WHEN 'key.created' THEN EXISTS (
      SELECT FROM public.api_keys k WHERE k.id = NEW.target_id AND public.is_written_here(k.xmin))
    WHEN 'key.revoked' THEN EXISTS (
      SELECT FROM public.api_keys k WHERE k.id = NEW.target_id AND k.revoked_at = NEW.occurred_at
        AND public.is_written_here(k.xmin))
    WHEN 'session.started' THEN EXISTS (
      SELECT FROM public.sessions s WHERE s.id = NEW.target_id AND public.is_written_here(s.xmin))
    WHEN 'session.ended' THEN EXISTS (
      SELECT FROM public.sessions s WHERE s.id = NEW.target_id AND s.ended_at IS NOT NULL
        AND public.is_written_here(s.xmin))
    ELSE EXISTS (
        SELECT FROM public.people p WHERE p.id = NEW.target_id AND public.is_written_here(p.xmin))
      OR EXISTS (
        SELECT FROM public.password_links l WHERE l.person_id = NEW.target_id AND public.is_written_here(l.xmin))
  END;
  IF NOT is_done THEN
    RAISE EXCEPTION 'nothing in this transaction is what the entry % about % says', NEW.action, NEW.target_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entries_with_deed';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_entries_with_deed AFTER INSERT ON audit_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((NEW.action = 'run.cancelled' OR NEW.target_type IN ('key', 'person', 'session')) AND NOT acts_as_owner())
  EXECUTE FUNCTION require_deed();

-- The worker does nothing that leaves an entry, so it writes none.
REVOKE INSERT ON audit_entries FROM console_app;
REVOKE INSERT (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role, actor_key_prefix,
  actor_owner_id, actor_owner_name, actor_owner_role, target_type, target_id, target_label, source, ip, user_agent,
  request_id, meta) ON audit_entries FROM console_app;
GRANT INSERT (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role, actor_key_prefix,
  actor_owner_id, actor_owner_name, actor_owner_role, target_type, target_id, target_label, source, ip, user_agent,
  request_id, meta) ON audit_entries TO console_web;

-- Only a seal takes an entry off the queue.
CREATE FUNCTION require_seal() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (
    SELECT FROM removed WHERE NOT EXISTS (SELECT FROM public.audit_seals s WHERE s.entry_id = removed.entry_id)
  ) THEN
    RAISE EXCEPTION 'an entry that is not sealed stays in the queue'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_unsealed_until_sealed';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_unsealed_until_sealed AFTER DELETE ON audit_unsealed
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION require_seal();

-- Nobody may begin a session in the past, or one that lasts longer than a working day.
REVOKE INSERT ON sessions FROM console_web;
GRANT INSERT (id, person_id, expires_at) ON sessions TO console_web;
UPDATE sessions SET expires_at = created_at + interval '12 hours'
  WHERE expires_at > created_at + interval '12 hours';
ALTER TABLE sessions ADD CONSTRAINT sessions_are_short CHECK (expires_at <= created_at + interval '12 hours');

-- Forwarding moves on by what was sent at once, and never beyond what is sealed.
CREATE FUNCTION require_sealed_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.position > OLD.position + 500
    OR NEW.position > coalesce((SELECT max(position) FROM public.audit_seals), 0) THEN
    RAISE EXCEPTION 'forwarding to % can''t go from % to %', OLD.target, OLD.position, NEW.position
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_forwarding_step_by_step';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_forwarding_step_by_step BEFORE UPDATE ON audit_forwarding FOR EACH ROW
  WHEN (NEW.position > OLD.position AND NOT acts_as_owner()) EXECUTE FUNCTION require_sealed_step();

-- Locks by name. Each login locks names of its own role only, so that neither process can hold up the other's work.
CREATE TABLE named_locks (
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  CONSTRAINT named_locks_pkey PRIMARY KEY (role, name)
);
CREATE FUNCTION hold_lock(lock_name text) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  INSERT INTO named_locks (role, name)
  VALUES (CASE WHEN pg_has_role(session_user, 'console_worker', 'MEMBER')
    AND NOT pg_has_role(session_user, 'console_web', 'MEMBER') THEN 'worker' ELSE 'web' END, lock_name)
  ON CONFLICT (role, name) DO UPDATE SET name = EXCLUDED.name
$$;
REVOKE EXECUTE ON FUNCTION hold_lock(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_lock(text) TO console_app;

CREATE OR REPLACE FUNCTION keep_last_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Two who go at once don't see each other's change, so they go one after the other.
  PERFORM public.hold_lock('the last admin');
  IF public.is_last_admin(OLD.id) THEN
    RAISE EXCEPTION 'person % is the last admin who reaches all organizations', OLD.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_keep_an_admin';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION make_audit_months(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = '' SET timezone = 'UTC' AS $$
BEGIN
  PERFORM public.hold_lock('months');
  RETURN (SELECT count(*) FILTER (WHERE public.make_audit_month(month)) FROM generate_series(
    date_trunc('month', now()), date_trunc('month', now()) + ahead * interval '1 month', '1 month') month);
END $$;
CREATE OR REPLACE FUNCTION make_security_months(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = '' SET timezone = 'UTC' AS $$
BEGIN
  PERFORM public.hold_lock('months');
  RETURN (SELECT count(*) FILTER (WHERE public.make_security_month(month)) FROM generate_series(
    date_trunc('month', now()), date_trunc('month', now()) + ahead * interval '1 month', '1 month') month);
END $$;
