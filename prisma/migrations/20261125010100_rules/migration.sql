-- What must never be wrong is refused by the database itself, whoever asks.

-- People, keys -----------------------------------------------------------------------------------------------

ALTER TABLE people
  ADD CONSTRAINT people_kind CHECK (kind IN ('staff', 'customer')),
  ADD CONSTRAINT people_email_lower_case CHECK (email = lower(email)),
  ADD CONSTRAINT people_staff_have_a_role CHECK (
    (kind = 'staff' AND role IN ('support', 'auditor', 'admin') AND org_id IS NULL)
    OR (kind = 'customer' AND role IS NULL AND org_id IS NOT NULL AND NOT reaches_all_orgs AND password_hash IS NULL)
  );

ALTER TABLE sessions ADD CONSTRAINT sessions_expire CHECK (expires_at > created_at);

ALTER TABLE api_keys
  ADD CONSTRAINT api_keys_kind CHECK (
    (kind = 'inference' AND org_id IS NOT NULL AND NOT reaches_all_orgs AND scopes = '{}')
    OR (kind = 'service' AND org_id IS NULL)
  ),
  ADD CONSTRAINT api_keys_hash_is_sha256 CHECK (length(hash) = 32);

-- Models -----------------------------------------------------------------------------------------------------

ALTER TABLE models
  ADD CONSTRAINT models_kind CHECK (kind IN (
    'text-to-image', 'image-to-image', 'text-to-audio', 'text-to-video', 'image-to-video', 'video-to-video')),
  ADD CONSTRAINT models_price_not_negative CHECK (price_usd >= 0),
  ADD CONSTRAINT models_latency CHECK (0 < p50_ms AND p50_ms <= p95_ms);

-- Runs -------------------------------------------------------------------------------------------------------

-- Immutable, so that constraints, triggers and indexes can share the one definition; a test compares it with
-- the application's.
CREATE FUNCTION is_terminal(status run_status) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN status >= 'succeeded'::run_status;

ALTER TABLE runs
  ADD CONSTRAINT runs_target_type CHECK (target_type = 'model'),
  ADD CONSTRAINT runs_source_code CHECK (source_code IN ('api', 'playground', 'dashboard')),
  ADD CONSTRAINT runs_end_together CHECK (
    is_terminal(status_code) = (completed_at IS NOT NULL) AND (completed_at IS NULL) = (duration_ms IS NULL)),
  ADD CONSTRAINT runs_duration CHECK (duration_ms >= 0),
  ADD CONSTRAINT runs_times_in_order CHECK (
    started_at >= created_at AND completed_at >= coalesce(started_at, created_at)),
  ADD CONSTRAINT runs_output_only_of_success CHECK (
    output IS NULL OR status_code IN ('succeeded', 'partial_succeeded')),
  ADD CONSTRAINT runs_failure_only_of_failed CHECK (
    (failure_code IS NULL AND failure_message IS NULL AND failure_stage_code IS NULL)
    OR status_code IN ('failed', 'partial_succeeded')),
  ADD CONSTRAINT runs_cost_not_negative CHECK (cost >= 0);

-- Terminal is for ever. Only what billing and logs learn later may still change.
CREATE FUNCTION refuse_change_of_terminal_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'run % is terminal (%): its outcome is final', OLD.id, OLD.status_code
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'runs_terminal_is_final';
END $$;

CREATE TRIGGER runs_terminal_is_final BEFORE UPDATE ON runs FOR EACH ROW
  WHEN (is_terminal(OLD.status_code) AND (
    OLD.status_code, OLD.output::text, OLD.completed_at, OLD.duration_ms, OLD.started_at, OLD.failure_code, OLD.failure_message)
    IS DISTINCT FROM (
    NEW.status_code, NEW.output::text, NEW.completed_at, NEW.duration_ms, NEW.started_at, NEW.failure_code, NEW.failure_message))
  EXECUTE FUNCTION refuse_change_of_terminal_run();

-- Stuck runs are few among millions.
CREATE INDEX runs_non_terminal_idx ON runs (created_at, id) WHERE NOT is_terminal(status_code);
CREATE INDEX runs_batch_id_idx ON runs (batch_id) WHERE batch_id IS NOT NULL;

-- Provider events --------------------------------------------------------------------------------------------

ALTER TABLE provider_events
  ADD CONSTRAINT provider_events_status CHECK (
    status_code IN ('dispatching', 'running', 'succeeded', 'failed', 'partial_succeeded')),
  ADD CONSTRAINT provider_events_outcome CHECK (
    outcome IN ('applied', 'duplicate', 'out_of_order', 'dropped_terminal')),
  ADD CONSTRAINT provider_events_cost_not_negative CHECK (cost >= 0);

-- An event counts once; what arrives again is kept too, as a duplicate.
CREATE UNIQUE INDEX provider_events_counted_once ON provider_events (event_id) WHERE outcome <> 'duplicate';

-- Audit ------------------------------------------------------------------------------------------------------

ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled')),
  ADD CONSTRAINT audit_entries_actor_type CHECK (actor_type IN ('user', 'service_key', 'system')),
  ADD CONSTRAINT audit_entries_target_type CHECK (target_type IN ('run')),
  ADD CONSTRAINT audit_entries_source CHECK (source IN ('dashboard', 'api', 'bulk', 'system')),
  ADD CONSTRAINT audit_entries_sealed_whole CHECK (
    (position IS NULL) = (hash IS NULL) AND (position IS NULL) = (sequence IS NULL)
    AND (position IS NULL) = (previous_hash IS NULL));

-- A run is cancelled once: a second entry about it can't even be written.
CREATE UNIQUE INDEX audit_entries_cancelled_once ON audit_entries (target_id) WHERE action = 'run.cancelled';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON security_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER provider_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON provider_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Privileges -------------------------------------------------------------------------------------------------

-- The web server and the worker are members of this role; only migrations run as the owner.
DO $$ BEGIN
  CREATE ROLE console_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

GRANT USAGE ON SCHEMA public TO console_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO console_app;
GRANT INSERT ON organizations, people, person_reach, sessions, api_keys, key_reach, models, runs, provider_events,
  audit_entries, security_events, idempotency_records, handled_effects TO console_app;
GRANT UPDATE ON organizations, people, sessions, api_keys, models, runs, idempotency_records, handled_effects TO console_app;
GRANT DELETE ON person_reach, key_reach, idempotency_records TO console_app;
