-- Ended runs can be deleted after some time, with their payloads, provider events and deliveries. The ledger and the
-- audit trail stay.

-- Enough of a deleted run for the ledger, and for the page at its address.
CREATE TABLE "deleted_runs" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "status_code" "run_status" NOT NULL,
    "cost" DECIMAL(14,6),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, clock_timestamp()),
    CONSTRAINT "deleted_runs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT deleted_runs_ended CHECK (is_terminal(status_code))
);
CREATE INDEX "deleted_runs_deleted_at_idx" ON "deleted_runs"("deleted_at");
-- safe: the table is new
ALTER TABLE "deleted_runs" ADD CONSTRAINT "deleted_runs_org_id_fkey"
  FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- safe: the table is new
CREATE TRIGGER deleted_runs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deleted_runs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT ON deleted_runs TO console_app;

-- Charges outlive their runs and events. New ones still need them.
ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_run_id_fkey;
ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_provider_event_id_fkey;
CREATE FUNCTION require_charged_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.run_id IS NOT NULL THEN
    PERFORM FROM public.runs WHERE id = NEW.run_id FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'there is no run %', NEW.run_id
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'ledger_entries_run_id_fkey';
    END IF;
  END IF;
  IF NEW.provider_event_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM public.provider_events WHERE id = NEW.provider_event_id) THEN
    RAISE EXCEPTION 'there is no provider event %', NEW.provider_event_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'ledger_entries_provider_event_id_fkey';
  END IF;
  RETURN NULL;
END $$;
-- safe: it requires no more than the foreign keys before it
CREATE TRIGGER ledger_entries_of_run AFTER INSERT ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION require_charged_run();

-- Append-only, except for the rows of a deleted run.
CREATE FUNCTION require_deleted_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_run uuid;
BEGIN
  IF TG_TABLE_NAME = 'delivery_attempts' THEN
    SELECT run_id INTO of_run FROM public.deliveries WHERE id = OLD.delivery_id;
  ELSE
    of_run := OLD.run_id;
  END IF;
  IF NOT EXISTS (SELECT FROM public.deleted_runs WHERE id = of_run) THEN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;
-- safe: the triggers below take its place in the same transaction
DROP TRIGGER provider_events_append_only ON provider_events;
-- safe: the triggers below take its place in the same transaction
DROP TRIGGER delivery_attempts_append_only ON delivery_attempts;
-- safe: it allows more than before
CREATE TRIGGER provider_events_append_only BEFORE UPDATE OR TRUNCATE ON provider_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- safe: it allows more than before
CREATE TRIGGER delivery_attempts_append_only BEFORE UPDATE OR TRUNCATE ON delivery_attempts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- safe: it allows more than before
CREATE TRIGGER provider_events_kept BEFORE DELETE ON provider_events
  FOR EACH ROW EXECUTE FUNCTION require_deleted_run();
-- safe: it allows more than before
CREATE TRIGGER delivery_attempts_kept BEFORE DELETE ON delivery_attempts
  FOR EACH ROW EXECUTE FUNCTION require_deleted_run();

-- The worker may not delete runs in another way. Open matters keep their runs: a delivery that is still attempted, an
-- approval or a bulk cancellation that can still act on it.
CREATE FUNCTION delete_old_runs(days integer, at_most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  old uuid[];
BEGIN
  IF days IS NULL OR days < 30 THEN
    RAISE EXCEPTION 'runs are kept for 30 days or more, not %', days USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT array_agg(id) INTO old FROM (
    SELECT r.id FROM runs r
    WHERE r.created_at < now() - days * interval '1 day' AND r.completed_at < now() - days * interval '1 day'
      AND is_terminal(r.status_code)
      AND NOT EXISTS (SELECT FROM deliveries d WHERE d.run_id = r.id AND d.state = 'pending')
      AND NOT EXISTS (SELECT FROM approvals a WHERE a.target_id = r.id::text AND a.expires_at > now()
        AND a.withdrawn_at IS NULL AND a.used_at IS NULL)
      AND NOT EXISTS (SELECT FROM cancellation_batches b JOIN cancellation_items i ON i.batch_id = b.id
        WHERE b.state = 'running' AND i.run_id = r.id)
    ORDER BY r.created_at, r.id LIMIT at_most FOR UPDATE OF r SKIP LOCKED) found;
  IF old IS NULL THEN
    RETURN 0;
  END IF;
  INSERT INTO deleted_runs (id, org_id, status_code, cost, created_at, completed_at)
    SELECT id, org_id, status_code, cost, created_at, completed_at FROM runs WHERE id = ANY (old);
  DELETE FROM delivery_attempts WHERE delivery_id IN (SELECT id FROM deliveries WHERE run_id = ANY (old));
  DELETE FROM deliveries WHERE run_id = ANY (old);
  DELETE FROM provider_events WHERE run_id = ANY (old);
  DELETE FROM runs WHERE id = ANY (old);
  RETURN cardinality(old);
END $$;

-- One entry about all runs that were deleted since the entry before, so that a crash leaves none unmentioned.
CREATE FUNCTION record_deleted_runs(days integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  since timestamptz := coalesce(
    (SELECT max(occurred_at) FROM audit_entries WHERE action = 'retention.applied'), '-infinity');
  deleted integer;
  customers integer;
BEGIN
  SELECT count(*), count(DISTINCT org_id) INTO deleted, customers FROM deleted_runs WHERE deleted_at > since;
  IF deleted > 0 THEN
    INSERT INTO audit_entries (org_id, action, actor_type, actor_id, actor_name, target_type, target_id, target_label,
      source, request_id, meta)
    VALUES ('00000000-0000-0000-0000-000000000000', 'retention.applied', 'system',
      '00000000-0000-0000-0000-000000000000', 'Retention of runs', 'retention',
      '00000000-0000-0000-0000-000000000000', 'runs', 'system', 'retention_' || gen_random_uuid(),
      jsonb_build_object('reason', NULL, 'ticket', NULL, 'days', days, 'runs', deleted, 'customers', customers));
  END IF;
  RETURN deleted;
END $$;
-- safe: the functions are new
REVOKE EXECUTE ON FUNCTION delete_old_runs(integer, integer), record_deleted_runs(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION delete_old_runs(integer, integer), record_deleted_runs(integer) TO console_worker;

-- The trail: one more action and target.
-- safe: only the action's check changes, and it allows more; NOT VALID, so that no rows are read
DO $$
DECLARE
  actions text := (SELECT regexp_replace(pg_get_constraintdef(oid), ' NOT VALID$', '') FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(actions, '''batch.completed''::text', '''batch.completed''::text, ''retention.applied''::text')
    || ' NOT VALID';
END $$;
-- safe: the trigger below takes its place in the same transaction
DROP TRIGGER audit_entries_of_worker ON audit_entries;
-- safe: it allows more than before
CREATE TRIGGER audit_entries_of_worker BEFORE INSERT ON audit_entries FOR EACH ROW
  WHEN (NEW.source <> 'bulk' AND NEW.action <> 'batch.completed' AND acts_as_worker()
    AND NOT (NEW.action = 'retention.applied' AND acts_as_owner())) EXECUTE FUNCTION refuse_worker();
