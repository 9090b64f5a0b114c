-- Every change of every part leaves its entry: what those can be about. What stands before an action's dot is what it is
-- done to.
ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action, DROP CONSTRAINT audit_entries_target_type;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled', 'run.payload_revealed',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered',
    'model.updated', 'view.created', 'view.updated', 'view.deleted', 'session.started', 'session.ended',
    'audit.exported', 'audit.checkpoint_requested', 'audit.month_retired')),
  ADD CONSTRAINT audit_entries_target_type CHECK (target_type = split_part(action, '.', 1));
