-- Bulk cancellations: a plan freezes ids; workers cancel those runs with the guarded statement of a single cancel.
CREATE TABLE "cancellation_batches" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "state" TEXT NOT NULL DEFAULT 'planned',
    "reason" TEXT NOT NULL,
    "ticket" TEXT,
    "q" TEXT,
    "org_ids" UUID[],
    "created_by" JSONB NOT NULL,
    "started_by" JSONB,
    "aborted_by" JSONB,
    "command" JSONB,
    "counts" JSONB NOT NULL DEFAULT '{}',
    "summary" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "rate_limit" INTEGER,
    "total" INTEGER NOT NULL DEFAULT 0,
    "settled_before" INTEGER NOT NULL DEFAULT 0,
    "canceled" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "not_found" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "cancellation_batches_pkey" PRIMARY KEY ("id"),
    CONSTRAINT cancellation_batches_state CHECK (state IN ('planned', 'running', 'aborted', 'completed')),
    CONSTRAINT cancellation_batches_started CHECK (
      (state = 'planned') = (started_at IS NULL)
      AND (started_at IS NULL) = (started_by IS NULL) AND (started_at IS NULL) = (command IS NULL)),
    CONSTRAINT cancellation_batches_ended CHECK ((state IN ('aborted', 'completed')) = (ended_at IS NOT NULL)),
    CONSTRAINT cancellation_batches_reason CHECK (length(reason) BETWEEN 3 AND 500),
    CONSTRAINT cancellation_batches_rate CHECK (rate_limit BETWEEN 1 AND 10000),
    CONSTRAINT cancellation_batches_total CHECK (total BETWEEN 0 AND 100000
      AND canceled + unchanged + not_found + refused + failed BETWEEN 0 AND total)
);

CREATE TABLE "cancellation_items" (
    "batch_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "org_id" UUID,
    "is_excluded" BOOLEAN NOT NULL DEFAULT false,
    "outcome" SMALLINT,
    "entry_id" UUID,
    "settled_at" TIMESTAMPTZ(3),
    CONSTRAINT "cancellation_items_pkey" PRIMARY KEY ("batch_id", "run_id"),
    CONSTRAINT cancellation_items_outcome CHECK (outcome IN (200, 201, 404, 409, 503)),
    CONSTRAINT cancellation_items_settled CHECK ((outcome IS NULL) = (settled_at IS NULL)),
    CONSTRAINT cancellation_items_entry CHECK ((outcome IS NOT DISTINCT FROM 201) = (entry_id IS NOT NULL)),
    CONSTRAINT cancellation_items_excluded CHECK (NOT is_excluded OR outcome IS NULL)
) WITH (fillfactor = 80);
CREATE INDEX "cancellation_items_batch_id_outcome_run_id_idx" ON "cancellation_items"("batch_id", "outcome", "run_id");
ALTER TABLE "cancellation_items" ADD CONSTRAINT "cancellation_items_batch_id_fkey"
  FOREIGN KEY ("batch_id") REFERENCES "cancellation_batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A canceled run stays so: nothing may undo or reassign its outcome.
CREATE FUNCTION keep_settled_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'run % of batch % was canceled: its outcome is final', OLD.run_id, OLD.batch_id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cancellation_items_final';
END $$;
CREATE TRIGGER cancellation_items_final BEFORE UPDATE ON cancellation_items FOR EACH ROW
  WHEN (OLD.outcome IN (200, 201) AND NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION keep_settled_item();

-- A batch changes its state with its entry, like every deed.
ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled', 'run.payload_revealed',
    'batch.created', 'batch.started', 'batch.aborted', 'batch.completed',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered',
    'model.updated', 'view.created', 'view.updated', 'view.deleted', 'session.started', 'session.ended',
    'audit.exported', 'audit.checkpoint_requested', 'audit.month_retired',
    'key.created', 'key.revoked',
    'person.invited', 'person.updated', 'person.disabled', 'person.enabled', 'person.password_set')),
  ADD CONSTRAINT audit_entries_batch_has_reason CHECK (target_type <> 'batch' OR meta ->> 'reason' IS NOT NULL);

CREATE CONSTRAINT TRIGGER batches_created_with_entry AFTER INSERT ON cancellation_batches
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner()) EXECUTE FUNCTION require_entry('batch.created');
CREATE CONSTRAINT TRIGGER batches_started_with_entry AFTER UPDATE ON cancellation_batches
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'running' AND OLD.state <> 'running' AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('batch.started');
CREATE CONSTRAINT TRIGGER batches_aborted_with_entry AFTER UPDATE ON cancellation_batches
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'aborted' AND OLD.state <> 'aborted' AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('batch.aborted');
CREATE CONSTRAINT TRIGGER batches_completed_with_entry AFTER UPDATE ON cancellation_batches
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'completed' AND OLD.state <> 'completed' AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('batch.completed');

-- What the worker writes into the trail is only ever the work of a batch that a person or script has started.
CREATE FUNCTION require_started_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (CASE NEW.action
    WHEN 'run.cancelled' THEN EXISTS (
      SELECT FROM public.cancellation_items i JOIN public.cancellation_batches b ON b.id = i.batch_id
      WHERE i.batch_id = (NEW.meta ->> 'batch_id')::uuid AND i.run_id = NEW.target_id AND NOT i.is_excluded
        AND b.state = 'running' AND b.started_by ->> 'id' = NEW.actor_id::text AND NEW.source = 'bulk')
    WHEN 'batch.completed' THEN EXISTS (
      SELECT FROM public.cancellation_batches b
      WHERE b.id = NEW.target_id AND b.state = 'completed' AND b.started_by ->> 'id' = NEW.actor_id::text)
    ELSE false
  END) THEN
    RAISE EXCEPTION 'no started batch accounts for the entry % about %', NEW.action, NEW.target_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entries_of_batch';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_entries_of_batch AFTER INSERT ON audit_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.source = 'bulk' OR NEW.action = 'batch.completed')
  EXECUTE FUNCTION require_started_batch();

-- Privileges -------------------------------------------------------------------------------------------------------

GRANT SELECT ON cancellation_batches, cancellation_items TO console_app;
-- Without started_at, a new batch can only be a plan.
GRANT INSERT (state, reason, ticket, q, org_ids, created_by, counts, summary, expires_at, total, settled_before,
  canceled, unchanged, not_found, refused, failed) ON cancellation_batches TO console_web;
GRANT INSERT (batch_id, run_id, org_id) ON cancellation_items TO console_web;
GRANT UPDATE (state, started_by, aborted_by, command, counts, summary, started_at, ended_at, rate_limit, total,
  settled_before, not_found, refused, failed, org_ids) ON cancellation_batches TO console_web;
GRANT UPDATE (is_excluded, outcome, settled_at) ON cancellation_items TO console_web;

-- The worker cancels runs, without reading what customers sent and got.
GRANT UPDATE (state, ended_at, canceled, unchanged, not_found, refused, failed) ON cancellation_batches
  TO console_worker;
GRANT UPDATE (outcome, entry_id, settled_at) ON cancellation_items TO console_worker;
GRANT SELECT (id, org_id, model, status_code, created_by, created_at, started_at, completed_at, duration_ms) ON runs
  TO console_worker;
GRANT UPDATE (status_code, completed_at, duration_ms) ON runs TO console_worker;
GRANT INSERT (org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role, actor_key_prefix,
  actor_owner_id, actor_owner_name, actor_owner_role, target_type, target_id, target_label, source, ip, user_agent,
  request_id, meta) ON audit_entries TO console_worker;

-- Deliveries follow from the end of a run, whoever ends it. No process may queue one by hand.
ALTER FUNCTION queue_deliveries() SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
REVOKE EXECUTE ON FUNCTION queue_deliveries() FROM PUBLIC;

-- The worker may not write other entries, nor end runs in another way.
CREATE FUNCTION acts_as_worker() RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
  SELECT pg_has_role(session_user, 'console_worker', 'MEMBER') AND NOT pg_has_role(session_user, 'console_web', 'MEMBER')
$$;
CREATE FUNCTION refuse_worker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the worker may only cancel runs of a batch'
    USING ERRCODE = 'insufficient_privilege', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER audit_entries_of_worker BEFORE INSERT ON audit_entries FOR EACH ROW
  WHEN (NEW.source <> 'bulk' AND NEW.action <> 'batch.completed' AND acts_as_worker()) EXECUTE FUNCTION refuse_worker();
CREATE TRIGGER runs_changed_by_worker BEFORE UPDATE ON runs FOR EACH ROW
  WHEN (NEW.status_code <> 'canceled' AND acts_as_worker()) EXECUTE FUNCTION refuse_worker();
