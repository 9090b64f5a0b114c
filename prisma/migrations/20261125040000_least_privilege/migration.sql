-- The application's role may do what the application does, column by column, and nothing else.
REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM console_app;

GRANT INSERT ON runs, provider_events, audit_entries, security_events, sessions, idempotency_records, handled_effects
  TO console_app;
GRANT UPDATE (status_code, started_at, completed_at, duration_ms, output, cost, failure_code, failure_message,
  failure_stage_code) ON runs TO console_app;
GRANT UPDATE (last_used_at) ON api_keys TO console_app;
GRANT UPDATE (ended_at) ON sessions TO console_app;
GRANT UPDATE (handled_at, times_run) ON handled_effects TO console_app;
GRANT UPDATE, DELETE ON idempotency_records TO console_app;

-- A run can't become cancelled without the entry that says who did it: checked when the transaction commits, whoever
-- wrote the change.
CREATE FUNCTION require_cancellation_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.audit_entries
    WHERE target_id = NEW.id AND action = 'run.cancelled' AND occurred_at = NEW.completed_at
  ) THEN
    RAISE EXCEPTION 'run % was cancelled without an audit entry', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'runs_cancelled_with_entry';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER runs_cancelled_with_entry AFTER UPDATE ON runs
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status_code = 'canceled' AND OLD.status_code <> 'canceled')
  EXECUTE FUNCTION require_cancellation_entry();
