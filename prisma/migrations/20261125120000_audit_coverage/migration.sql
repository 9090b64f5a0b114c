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

-- Privileges -------------------------------------------------------------------------------------------------------
--
-- `console_app` keeps what both processes need: to read what is nobody's secret, and to write entries. Whatever else is
-- granted to the one that does it, column by column. Named one by one, so that nothing of another migration is touched.

REVOKE ALL ON people, person_reach, sessions, api_keys, key_reach, runs, provider_events, security_events,
  idempotency_records, handled_effects, callback_secrets, webhooks, delivery_endpoints, deliveries, delivery_queue,
  delivery_attempts, ledger_entries, balances, models, model_envelopes, saved_views, organizations FROM console_app;
REVOKE ALL ON SEQUENCE runs_unannounced FROM console_app;
GRANT SELECT ON organizations, models, model_envelopes, webhooks, delivery_endpoints, deliveries, delivery_queue,
  delivery_attempts, security_events TO console_app;

-- The web server: credentials, runs, what people set. It reads no secret that signs callbacks, though it makes them.
GRANT SELECT ON people, person_reach, sessions, api_keys, key_reach, runs, provider_events, idempotency_records,
  ledger_entries, balances, saved_views TO console_web;
GRANT SELECT (id, org_id, hint, is_current, created_at, promoted_at, disabled_at) ON callback_secrets TO console_web;
GRANT INSERT ON sessions, runs, provider_events, security_events, idempotency_records, callback_secrets, webhooks,
  deliveries, saved_views TO console_web;
GRANT UPDATE (ended_at) ON sessions TO console_web;
GRANT UPDATE (last_used_at) ON api_keys TO console_web;
GRANT UPDATE (status_code, started_at, completed_at, duration_ms, output, failure_code, failure_message,
  failure_stage_code) ON runs TO console_web;
GRANT UPDATE (body_hash, status, headers, body, created_at, expires_at) ON idempotency_records TO console_web;
GRANT UPDATE (is_current, promoted_at, disabled_at) ON callback_secrets TO console_web;
GRANT UPDATE (url, event_types, description, is_enabled, updated_at, deleted_at) ON webhooks TO console_web;
GRANT UPDATE (stuck_factor) ON models TO console_web;
GRANT UPDATE (scope, name, query, updated_at), DELETE ON saved_views TO console_web;
GRANT USAGE, SELECT ON SEQUENCE runs_unannounced TO console_web;

-- The worker: deliveries, figures, forgetting. It reads neither who may sign in nor what customers sent and got.
GRANT SELECT (id, org_id, ciphertext, is_current) ON callback_secrets TO console_worker;
GRANT SELECT (model_id, status_code, completed_at, duration_ms) ON runs TO console_worker;
GRANT SELECT (credential_id, path, key, expires_at), DELETE ON idempotency_records TO console_worker;
GRANT SELECT, INSERT, UPDATE (times_run) ON handled_effects TO console_worker;
GRANT INSERT, UPDATE, DELETE ON model_envelopes TO console_worker;
GRANT INSERT ON delivery_attempts TO console_worker;
GRANT UPDATE (failures_in_row, open_until, last_success_at, last_failure_at, last_error, owner_id, owned_until)
  ON delivery_endpoints TO console_worker;
GRANT UPDATE (state, attempt_count, settled_at) ON deliveries TO console_worker;
GRANT UPDATE (next_attempt_at), DELETE ON delivery_queue TO console_worker;

-- What follows by itself is done as the owner, so that nobody may do it by hand: charges that reports cause, and the queue
-- of deliveries.
ALTER FUNCTION book_charge() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION queue_delivery() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
