-- Whoever adds a row says what they know, and nothing that follows by itself: a run begins queued and now, a delivery unsent,
-- a report is received when it comes. The web server could otherwise make a run that was cancelled by nobody: the rules for
-- a cancel watch over changes.
REVOKE INSERT ON runs, deliveries, provider_events FROM console_web;
GRANT INSERT (org_id, model_id, model, source_code, input, metadata, callback_url, client_ref, request_id, created_by,
  api_key_id) ON runs TO console_web;
GRANT INSERT (org_id, run_id, webhook_id, event, cause, url, origin, body) ON deliveries TO console_web;
GRANT INSERT (run_id, event_id, status_code, outcome, cost, body, occurred_at) ON provider_events TO console_web;
