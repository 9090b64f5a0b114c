-- The entry of a reveal is the reveal itself: who may see a run's payloads, why, and since when.
ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled', 'run.payload_revealed',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered',
    'model.updated')),
  -- Nobody looks without saying why.
  ADD CONSTRAINT audit_entries_reveal_has_reason CHECK (action <> 'run.payload_revealed' OR meta ->> 'reason' IS NOT NULL);
