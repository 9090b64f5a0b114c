-- The contract's rules for rows, so that no login can write what no reader understands. NOT VALID: rows that are there
-- stay as they are, and readers show the ones that they can't read as such.
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_meta CHECK (
    jsonb_typeof(meta) = 'object'
    AND coalesce(jsonb_typeof(meta -> 'reason'), 'missing') IN ('string', 'null')
    AND coalesce(jsonb_typeof(meta -> 'ticket'), 'missing') IN ('string', 'null')
    AND length(coalesce(meta ->> 'reason', '')) <= 500 AND length(coalesce(meta ->> 'ticket', '')) <= 500
    AND octet_length(meta::text) <= 262144) NOT VALID,
  ADD CONSTRAINT audit_entries_roles CHECK (
    coalesce(actor_role, 'support') IN ('support', 'auditor', 'admin')
    AND coalesce(actor_owner_role, 'support') IN ('support', 'auditor', 'admin')) NOT VALID,
  ADD CONSTRAINT audit_entries_lengths CHECK (
    length(actor_name) BETWEEN 1 AND 400 AND length(coalesce(actor_owner_name, '')) <= 400
    AND length(coalesce(actor_email, '')) <= 400 AND length(coalesce(actor_key_prefix, '')) <= 100
    AND length(target_label) <= 2000 AND length(coalesce(ip, '')) <= 100
    AND length(coalesce(user_agent, '')) <= 400 AND length(request_id) <= 100) NOT VALID,
  -- A person who cancels says why; a script may leave it out.
  ADD CONSTRAINT audit_entries_cancellation_has_reason CHECK (
    action <> 'run.cancelled' OR source <> 'dashboard' OR meta ->> 'reason' IS NOT NULL) NOT VALID;

ALTER TABLE security_events
  ADD CONSTRAINT security_events_bounded CHECK (
    octet_length(coalesce(detail::text, '')) <= 2048 AND length(path) <= 500 AND length(method) <= 20
    AND length(code) <= 100 AND length(coalesce(actor_name, '')) <= 400 AND length(coalesce(user_agent, '')) <= 400
    AND length(coalesce(ip, '')) <= 100 AND length(request_id) <= 100) NOT VALID;

-- The database's clock says when something was refused.
REVOKE INSERT ON security_events FROM console_web;
GRANT INSERT (kind, status, code, method, path, actor_type, actor_id, actor_name, actor_key_prefix, org_id, ip,
  user_agent, request_id, detail) ON security_events TO console_web;
