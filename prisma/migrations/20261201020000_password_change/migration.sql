-- People change their own passwords. The list of actions is the one that stands, with one more.
DO $$
DECLARE
  known text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(known, '''person.password_set''::text', '''person.password_set''::text, ''person.password_changed''::text');
END $$;

DROP TRIGGER people_changed_with_entry ON people;
CREATE CONSTRAINT TRIGGER people_changed_with_entry AFTER INSERT OR UPDATE ON people
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('person.invited', 'person.updated', 'person.disabled', 'person.enabled',
    'person.password_set', 'person.password_changed');

-- A password comes by a link that is used in the same transaction, or by its person, with an entry before it.
CREATE OR REPLACE FUNCTION require_password_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT public.acts_as_owner()
    AND NOT EXISTS (
      SELECT FROM public.password_links
      WHERE person_id = NEW.id AND used_at >= date_trunc('milliseconds', now()) AND used_at < expires_at)
    AND NOT EXISTS (
      SELECT FROM public.audit_unsealed u
        JOIN public.audit_entries e ON e.id = u.entry_id AND e.occurred_at = u.occurred_at
      WHERE u.target_id = NEW.id AND u.action = 'person.password_changed' AND u.written_in = pg_current_xact_id()
        AND e.actor_type = 'user' AND e.actor_id = NEW.id)
  THEN
    RAISE EXCEPTION 'the password of person % was set without a link', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'people_password_by_link';
  END IF;
  RETURN NEW;
END $$;
