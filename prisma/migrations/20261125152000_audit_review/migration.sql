-- What a review of the trail found to be open.

-- The head that a chain had at an old checkpoint is found at once, and not by walking back over all that followed.
CREATE INDEX "audit_seals_org_id_position_idx" ON "audit_seals"("org_id", "position");

-- Whoever may execute a trigger's function can put the trigger on a temporary table of their own, and have it do as the
-- owner what it does, with rows that they made up. A trigger that is there needs nobody's right to execute it.
REVOKE EXECUTE ON FUNCTION queue_for_sealing(), queue_delivery(), book_charge(), follow_ledger() FROM PUBLIC;

-- When something was sealed is for the database's clock to say.
REVOKE INSERT ON audit_seals FROM console_worker;
GRANT INSERT (position, entry_id, entry_occurred_at, org_id, sequence, previous_hash, hash) ON audit_seals TO console_worker;

-- An entry's id is for the database to give: each month's table knows only its own, and an entry under the id of another
-- month's would be shown with that one's seal.
REVOKE INSERT ON audit_entries FROM console_app;
GRANT INSERT (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role, actor_key_prefix,
  target_type, target_id, target_label, source, ip, user_agent, request_id, meta) ON audit_entries TO console_app;

-- An entry is about now. What happened earlier, such as a history that is taken over, only the owner can write down.
CREATE FUNCTION require_present() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  present timestamptz := clock_timestamp();
  first timestamptz;
  last timestamptz;
BEGIN
  SELECT min(occurred_at), max(occurred_at) INTO first, last FROM written;
  IF first < present - interval '5 minutes' OR last > present + interval '1 minute' THEN
    IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
      RETURN NULL;
    END IF;
    RAISE EXCEPTION 'an audit entry is about now'
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entries_present';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entries_present AFTER INSERT ON audit_entries
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION require_present();

-- As before, and no checkpoint says that it was made before the one before it. Such a moment is text of a fixed length.
CREATE OR REPLACE FUNCTION require_next_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before record;
BEGIN
  SELECT position, split_part(note, E'\n', 6) AS time, sha256(convert_to(note, 'UTF8')) AS hash INTO before
    FROM public.audit_checkpoints WHERE number = NEW.number - 1;
  IF NEW.number < 1 OR (NEW.number > 1) <> FOUND OR NEW.previous_hash IS DISTINCT FROM before.hash
    OR NEW.position < coalesce(before.position, 0)
    OR split_part(NEW.note, E'\n', 6) < coalesce(before.time, '') COLLATE "C"
    OR NEW.position > coalesce((SELECT max(position) FROM public.audit_seals), 0) THEN
    RAISE EXCEPTION 'checkpoint % does not follow the one before it', NEW.number
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_checkpoints_follow';
  END IF;
  PERFORM pg_notify('audit_checkpointed', NEW.number::text);
  RETURN NULL;
END $$;

-- An endpoint is called by its place, as those of checkpoints are: what else stands in its address may be a secret, and
-- whoever changes that goes on where they were.
ALTER TABLE audit_forwarding DISABLE TRIGGER audit_forwarding_onward;
DELETE FROM audit_forwarding a USING audit_forwarding b
  WHERE regexp_replace(a.target, '^([^:]+://)([^/?#]*@)?([^?#]*).*$', '\1\3')
      = regexp_replace(b.target, '^([^:]+://)([^/?#]*@)?([^?#]*).*$', '\1\3')
    AND (a.position, a.target) < (b.position, b.target);
UPDATE audit_forwarding SET target = regexp_replace(target, '^([^:]+://)([^/?#]*@)?([^?#]*).*$', '\1\3');
ALTER TABLE audit_forwarding ENABLE TRIGGER audit_forwarding_onward;
