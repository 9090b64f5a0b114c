-- A key can be suspended for a while: it stops working until then, or until it is resumed.
ALTER TABLE "api_keys" ADD COLUMN "suspended_until" TIMESTAMPTZ(3);
GRANT UPDATE (suspended_until) ON api_keys TO console_web;

ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled', 'run.payload_revealed',
    'batch.created', 'batch.started', 'batch.aborted', 'batch.completed',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered',
    'model.updated', 'view.created', 'view.updated', 'view.deleted', 'session.started', 'session.ended',
    'audit.exported', 'audit.checkpoint_requested', 'audit.month_retired',
    'key.created', 'key.suspended', 'key.resumed', 'key.revoked',
    'person.invited', 'person.updated', 'person.disabled', 'person.enabled', 'person.password_set')),
  ADD CONSTRAINT audit_entries_suspension_has_reason CHECK (action <> 'key.suspended' OR meta ->> 'reason' IS NOT NULL);

-- A suspension or resumption and its entry commit together. Its end by time alone changes no row and needs no entry.
CREATE CONSTRAINT TRIGGER api_keys_suspended_with_entry AFTER UPDATE ON api_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.suspended_until IS NOT NULL AND NEW.suspended_until IS DISTINCT FROM OLD.suspended_until
    AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('key.suspended');
CREATE CONSTRAINT TRIGGER api_keys_resumed_with_entry AFTER UPDATE ON api_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.suspended_until IS NULL AND OLD.suspended_until IS NOT NULL AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('key.resumed');

CREATE OR REPLACE FUNCTION require_deed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_done boolean;
BEGIN
  is_done := CASE NEW.action
    WHEN 'run.cancelled' THEN EXISTS (
      SELECT FROM public.runs r WHERE r.id = NEW.target_id AND r.status_code = 'canceled'
        AND r.completed_at = NEW.occurred_at AND r.org_id = NEW.org_id)
    WHEN 'key.created' THEN EXISTS (
      SELECT FROM public.api_keys k WHERE k.id = NEW.target_id AND public.is_written_here(k.xmin))
    -- At most a day, and until the time that the entry names.
    WHEN 'key.suspended' THEN EXISTS (
      SELECT FROM public.api_keys k WHERE k.id = NEW.target_id AND public.is_written_here(k.xmin)
        AND k.suspended_until > NEW.occurred_at AND k.suspended_until <= NEW.occurred_at + interval '24 hours'
        AND k.suspended_until = (NEW.meta ->> 'suspended_until')::timestamptz)
    WHEN 'key.resumed' THEN EXISTS (
      SELECT FROM public.api_keys k WHERE k.id = NEW.target_id AND public.is_written_here(k.xmin)
        AND k.suspended_until IS NULL)
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
