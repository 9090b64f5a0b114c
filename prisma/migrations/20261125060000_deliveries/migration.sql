-- What customers hear: secrets that sign, webhooks that subscribe, deliveries with their attempts.

CREATE TABLE "callback_secrets" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "org_id" UUID NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "hint" TEXT NOT NULL,
    "is_current" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "promoted_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "callback_secrets_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhooks" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "org_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "event_types" TEXT[],
    "description" TEXT,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "delivery_endpoints" (
    "org_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "failures_in_row" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_failure_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "owner_id" UUID,
    "owned_until" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_endpoints_pkey" PRIMARY KEY ("org_id","origin")
);

CREATE TABLE "deliveries" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "org_id" UUID NOT NULL,
    "run_id" UUID,
    "webhook_id" UUID,
    "event" TEXT NOT NULL,
    "cause" TEXT NOT NULL DEFAULT 'transition',
    "url" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, clock_timestamp()),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "delivery_queue" (
    "delivery_id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "callback_of" UUID,

    CONSTRAINT "delivery_queue_pkey" PRIMARY KEY ("delivery_id")
);

CREATE TABLE "delivery_attempts" (
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status" INTEGER,
    "error" TEXT,
    "response_body" TEXT,
    "secret_id" UUID,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("delivery_id","number")
);

CREATE INDEX "webhooks_org_id_id_idx" ON "webhooks"("org_id", "id" DESC);
CREATE INDEX "callback_secrets_org_id_id_idx" ON "callback_secrets"("org_id", "id" DESC);
CREATE INDEX "deliveries_run_id_idx" ON "deliveries"("run_id");
CREATE INDEX "deliveries_created_at_id_idx" ON "deliveries"("created_at" DESC, "id" DESC);
CREATE INDEX "deliveries_org_id_created_at_id_idx" ON "deliveries"("org_id", "created_at" DESC, "id" DESC);
CREATE INDEX "deliveries_webhook_id_created_at_id_idx" ON "deliveries"("webhook_id", "created_at" DESC, "id" DESC);
CREATE INDEX "delivery_queue_org_id_origin_next_attempt_at_idx" ON "delivery_queue"("org_id", "origin", "next_attempt_at");
CREATE UNIQUE INDEX "delivery_queue_callback_of_key" ON "delivery_queue"("callback_of");

ALTER TABLE "callback_secrets" ADD CONSTRAINT "callback_secrets_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "delivery_endpoints" ADD CONSTRAINT "delivery_endpoints_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "delivery_queue" ADD CONSTRAINT "delivery_queue_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Rules --------------------------------------------------------------------------------------------------------

-- One secret of an organization signs; others stay valid beside it while a customer changes over.
CREATE UNIQUE INDEX callback_secrets_one_current ON callback_secrets (org_id) WHERE is_current;
ALTER TABLE callback_secrets
  ADD CONSTRAINT callback_secrets_current_is_enabled CHECK (NOT (is_current AND disabled_at IS NOT NULL));

ALTER TABLE webhooks
  ADD CONSTRAINT webhooks_event_types CHECK (
    cardinality(event_types) > 0
    AND event_types <@ ARRAY['run.completed', 'run.failed', 'run.cancelled', 'run.partial_succeeded']),
  ADD CONSTRAINT webhooks_deleted_is_disabled CHECK (deleted_at IS NULL OR NOT is_enabled);

ALTER TABLE deliveries
  ADD CONSTRAINT deliveries_event CHECK (event IN (
    'run.completed', 'run.failed', 'run.cancelled', 'run.partial_succeeded')),
  ADD CONSTRAINT deliveries_cause CHECK (cause IN ('transition', 'redelivery', 'test')),
  -- Only a test is about no run.
  ADD CONSTRAINT deliveries_about_a_run CHECK ((run_id IS NULL) = (cause = 'test')),
  ADD CONSTRAINT deliveries_state CHECK (state IN ('pending', 'delivered', 'failed')),
  ADD CONSTRAINT deliveries_settled CHECK ((state = 'pending') = (settled_at IS NULL)),
  ADD CONSTRAINT deliveries_attempts CHECK (attempt_count >= 0);

-- A transition tells each interested party once, whoever writes it.
CREATE UNIQUE INDEX deliveries_once_per_party ON deliveries (run_id, webhook_id) NULLS NOT DISTINCT
  WHERE cause = 'transition';

-- What is still to be sent stands in a table of its own, so that settling a delivery touches none of its indexes. Its
-- index is by endpoint: a backlog of one is never walked through to find another's. `callback_of` is the run, for its own
-- callback: the redelivery of one waits for the one under way. Neighbours are settled together, so half of each page is
-- left for their new versions.
ALTER TABLE deliveries SET (fillfactor = 50);
CREATE FUNCTION queue_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.delivery_endpoints (org_id, origin)
  SELECT DISTINCT org_id, origin FROM made ORDER BY org_id, origin
  ON CONFLICT DO NOTHING;
  INSERT INTO public.delivery_queue (delivery_id, org_id, origin, callback_of, next_attempt_at)
  SELECT id, org_id, origin, CASE WHEN webhook_id IS NULL THEN run_id END,
    date_trunc('milliseconds', clock_timestamp()) -- rounded up, it would not be due yet when its job comes
  FROM made WHERE state = 'pending';
  IF FOUND THEN
    PERFORM graphile_worker.add_job('deliver', '{}'::json, job_key => 'deliver:' || (SELECT id FROM made LIMIT 1),
      job_key_mode => 'unsafe_dedupe');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER deliveries_queued AFTER INSERT ON deliveries
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION queue_delivery();

CREATE FUNCTION refuse_change_of_frozen_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what delivery % says is frozen', OLD.id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'deliveries_frozen';
END $$;
CREATE TRIGGER deliveries_frozen BEFORE UPDATE ON deliveries FOR EACH ROW
  WHEN ((OLD.id, OLD.org_id, OLD.run_id, OLD.webhook_id, OLD.event, OLD.cause, OLD.url, OLD.origin, OLD.body, OLD.created_at)
    IS DISTINCT FROM
    (NEW.id, NEW.org_id, NEW.run_id, NEW.webhook_id, NEW.event, NEW.cause, NEW.url, NEW.origin, NEW.body, NEW.created_at))
  EXECUTE FUNCTION refuse_change_of_frozen_delivery();
CREATE TRIGGER delivery_attempts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery_attempts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The payload ----------------------------------------------------------------------------------------------------

CREATE FUNCTION event_of(status run_status) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE status
    WHEN 'succeeded' THEN 'run.completed' WHEN 'failed' THEN 'run.failed'
    WHEN 'canceled' THEN 'run.cancelled' WHEN 'partial_succeeded' THEN 'run.partial_succeeded' END;

CREATE FUNCTION format_moment(at timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"');

-- Scheme, host and port, in lower case: what failures of an address are counted by.
CREATE FUNCTION origin_of(url text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(substring(url FROM '^[^:]+://[^/?#]+'));

-- The bytes of a callback or webhook about a run that has ended. Output and metadata are json, and come as they were
-- stored.
CREATE FUNCTION delivery_body(event text, run_id uuid, status run_status, output json, duration_ms int,
  created_at timestamptz, completed_at timestamptz, metadata json) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN concat('{"event":"', event, '","run_id":"', run_id, '","status":"', status, '","output":',
    CASE WHEN status = 'canceled' OR output IS NULL THEN 'null' ELSE output::text END,
    ',"duration_ms":', coalesce(duration_ms::text, 'null'), ',"created_at":"', format_moment(created_at),
    '","completed_at":"', format_moment(completed_at), '","metadata":', coalesce(metadata::text, 'null'), '}');

-- Whoever ends a run, by whatever statement, its deliveries are part of that transaction, and so is the job that wakes
-- the worker (`queue_delivery`): one for all that a statement ends.
CREATE FUNCTION queue_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH ended AS (
    SELECT n.id, n.org_id, n.callback_url, n.completed_at, n.status_code, n.output, n.duration_ms, n.created_at, n.metadata,
      public.event_of(n.status_code) AS event
    FROM new_runs n JOIN old_runs o ON o.id = n.id
    WHERE public.is_terminal(n.status_code) AND NOT public.is_terminal(o.status_code)
  ), party AS (
    SELECT ended.id AS run_id, NULL::uuid AS webhook_id, callback_url AS url FROM ended WHERE callback_url IS NOT NULL
    UNION ALL
    SELECT ended.id, w.id, w.url FROM ended JOIN public.webhooks w ON w.org_id = ended.org_id
    WHERE w.is_enabled AND ended.event = ANY(w.event_types)
  )
  INSERT INTO public.deliveries (org_id, run_id, webhook_id, event, url, origin, body)
  SELECT org_id, id, webhook_id, event, url, public.origin_of(url),
    public.delivery_body(event, id, status_code, output, duration_ms, created_at, completed_at, metadata)
  FROM party JOIN ended ON ended.id = party.run_id;
  RETURN NULL;
END $$;
CREATE TRIGGER runs_queue_deliveries AFTER UPDATE ON runs
  REFERENCING OLD TABLE AS old_runs NEW TABLE AS new_runs FOR EACH STATEMENT EXECUTE FUNCTION queue_deliveries();

-- Audit: what may be done to webhooks, secrets and deliveries --------------------------------------------------------

ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action, DROP CONSTRAINT audit_entries_target_type;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered')),
  ADD CONSTRAINT audit_entries_target_type CHECK (target_type IN ('run', 'webhook', 'callback_secret', 'delivery'));

-- Privileges ---------------------------------------------------------------------------------------------------------

GRANT SELECT ON callback_secrets, webhooks, delivery_endpoints, deliveries, delivery_queue, delivery_attempts TO console_app;
GRANT INSERT ON callback_secrets, webhooks, delivery_endpoints, deliveries, delivery_queue, delivery_attempts TO console_app;
GRANT UPDATE (is_current, promoted_at, disabled_at) ON callback_secrets TO console_app;
GRANT UPDATE (url, event_types, description, is_enabled, updated_at, deleted_at) ON webhooks TO console_app;
GRANT UPDATE (failures_in_row, open_until, last_success_at, last_failure_at, last_error, owner_id, owned_until)
  ON delivery_endpoints TO console_app;
GRANT UPDATE (state, attempt_count, settled_at) ON deliveries TO console_app;
GRANT UPDATE (next_attempt_at), DELETE ON delivery_queue TO console_app;
