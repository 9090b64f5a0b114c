-- Running processes. Each sends a heartbeat and removes itself at a clean end, so a silent one has died or is frozen.
CREATE TABLE "processes" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "processes_pkey" PRIMARY KEY ("id"),
    CONSTRAINT processes_kind CHECK (kind IN ('web', 'worker')),
    CONSTRAINT processes_bounded CHECK (length(version) <= 40 AND length(revision) <= 64 AND length(host) <= 255)
);

-- A process writes only about its own kind: a web server can't fake a worker.
ALTER TABLE processes ENABLE ROW LEVEL SECURITY;
CREATE POLICY processes_read ON processes FOR SELECT TO console_app USING (true);
CREATE POLICY processes_web ON processes TO console_web USING (kind = 'web') WITH CHECK (kind = 'web');
CREATE POLICY processes_worker ON processes TO console_worker USING (kind = 'worker') WITH CHECK (kind = 'worker');
GRANT SELECT ON processes TO console_app;
GRANT INSERT, UPDATE (seen_at), DELETE ON processes TO console_web, console_worker;

-- The queue -----------------------------------------------------------------------------------------------------------

-- The web server may not read the queue's tables, whose payloads name people and hold sealed links. These functions show
-- everything else. In plpgsql, because the queue's schema is created after this one.
CREATE FUNCTION queue_tasks() RETURNS TABLE (task text, waiting bigint, oldest_due_at timestamptz, scheduled bigint,
  failed bigint, locked bigint, oldest_lock_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT t.identifier, count(j.id) FILTER (WHERE j.is_available AND j.run_at <= now()),
    min(j.run_at) FILTER (WHERE j.is_available AND j.run_at <= now()),
    count(j.id) FILTER (WHERE j.is_available AND j.run_at > now()),
    count(j.id) FILTER (WHERE NOT j.is_available AND j.locked_at IS NULL),
    count(j.id) FILTER (WHERE j.locked_at IS NOT NULL), min(j.locked_at)
  FROM graphile_worker._private_tasks t LEFT JOIN graphile_worker._private_jobs j ON j.task_id = t.id
  GROUP BY t.identifier ORDER BY t.identifier;
END $$;

-- Failed or locked jobs, or the one with an id. A failed job used up its attempts; its last failure moved `run_at` by
-- the queue's backoff, so that both tell when that was.
CREATE FUNCTION queue_jobs(wanted_state text, wanted_id bigint) RETURNS TABLE (id bigint, revision int, task text,
  state text, attempts int, max_attempts int, created_at timestamptz, run_at timestamptz, failed_at timestamptz,
  locked_at timestamptz, locked_by text, process text, last_error text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT j.id, j.revision, t.identifier, s.state, j.attempts::int, j.max_attempts::int, j.created_at, j.run_at,
    CASE WHEN s.state = 'failed' THEN
      greatest(j.created_at, least(now(), j.run_at - exp(least(j.attempts, 10)) * interval '1 second')) END,
    j.locked_at, j.locked_by, h.process, j.last_error
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    CROSS JOIN LATERAL (SELECT CASE WHEN j.locked_at IS NOT NULL THEN 'locked' WHEN NOT j.is_available THEN 'failed'
      WHEN j.run_at <= now() THEN 'waiting' ELSE 'scheduled' END AS state) s
    LEFT JOIN public.worker_heartbeats h ON h.id = j.locked_by
  WHERE CASE WHEN wanted_id IS NULL THEN NOT j.is_available AND s.state = wanted_state ELSE j.id = wanted_id END;
END $$;

-- Runs a failed job once more. The guard: it has failed, and nobody has run it again since the caller saw `seen`.
CREATE FUNCTION retry_job(wanted_id bigint, seen int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.audit_unsealed u
    WHERE u.target_id = public.job_target(wanted_id) AND u.action = 'job.retried' AND u.written_in = pg_current_xact_id()
  ) THEN
    RAISE EXCEPTION 'job % would run again without an audit entry', wanted_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'jobs_retried_with_entry';
  END IF;
  UPDATE graphile_worker._private_jobs j
  SET attempts = j.max_attempts - 1, run_at = now(), revision = j.revision + 1, updated_at = now()
  WHERE j.id = wanted_id AND j.revision = seen AND j.locked_at IS NULL AND j.attempts >= j.max_attempts;
  RETURN FOUND;
END $$;

-- A job's id as the target of an audit entry, which is a uuid.
CREATE FUNCTION job_target(job_id bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
  SELECT ('00000000-0000-8000-8000-' || lpad(to_hex(job_id), 12, '0'))::uuid
$$;

CREATE FUNCTION applied_migrations() RETURNS SETOF text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT m.migration_name::text FROM public._prisma_migrations m
  WHERE m.finished_at IS NOT NULL AND m.rolled_back_at IS NULL;
END $$;

REVOKE EXECUTE ON FUNCTION queue_tasks(), queue_jobs(text, bigint), retry_job(bigint, int), applied_migrations()
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION queue_tasks(), applied_migrations() TO console_app;
GRANT EXECUTE ON FUNCTION queue_jobs(text, bigint), retry_job(bigint, int) TO console_web;

-- The trail -----------------------------------------------------------------------------------------------------------

-- Not valid yet: the next migration checks the present entries without a lock that keeps others from writing.
DO $$
DECLARE
  actions text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
  targets text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_target_type' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action, DROP CONSTRAINT audit_entries_target_type;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(actions, '''delivery.redelivered''::text', '''delivery.redelivered''::text, ''job.retried''::text')
    || ' NOT VALID';
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_target_type '
    || replace(targets, '''delivery''::text', '''delivery''::text, ''job''::text') || ' NOT VALID';
END $$;

-- An entry about a job needs that job, run again in its transaction. As the owner, because the web server can't see it.
CREATE FUNCTION require_retry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM graphile_worker._private_jobs j
    WHERE j.id = (NEW.meta ->> 'job_id')::bigint AND public.job_target(j.id) = NEW.target_id
      AND j.attempts < j.max_attempts AND public.is_written_here(j.xmin)
  ) THEN
    RAISE EXCEPTION 'nothing in this transaction runs the job of the entry about % again', NEW.target_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entries_with_retry';
  END IF;
  RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION require_retry() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER audit_entries_with_retry AFTER INSERT ON audit_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.action = 'job.retried' AND NOT acts_as_owner())
  EXECUTE FUNCTION require_retry();
