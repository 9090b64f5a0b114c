-- One job of graphile-worker per delivery, instead of a queue of our own.

DROP TRIGGER deliveries_queued ON deliveries;

ALTER TABLE deliveries ADD COLUMN "next_attempt_at" TIMESTAMPTZ(3);
UPDATE deliveries d SET next_attempt_at = q.next_attempt_at FROM delivery_queue q WHERE q.delivery_id = d.id AND d.state = 'pending';
UPDATE deliveries SET next_attempt_at = clock_timestamp() WHERE state = 'pending' AND next_attempt_at IS NULL;
ALTER TABLE deliveries ALTER COLUMN "next_attempt_at" SET DEFAULT date_trunc('milliseconds'::text, clock_timestamp());
ALTER TABLE deliveries
  ADD CONSTRAINT deliveries_next_attempt CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL));

DROP TABLE delivery_queue;
ALTER TABLE delivery_endpoints DROP COLUMN "owner_id", DROP COLUMN "owned_until";

-- One delivery of a run to one party is in flight at a time: a redelivery waits for it.
CREATE UNIQUE INDEX deliveries_one_in_flight ON deliveries (run_id, webhook_id) NULLS NOT DISTINCT
  WHERE state = 'pending' AND run_id IS NOT NULL;
CREATE INDEX deliveries_waiting ON deliveries (org_id, origin) WHERE state = 'pending';
-- Settling a delivery changes these indexes, so half-empty pages no longer pay.
ALTER TABLE deliveries RESET (fillfactor);

-- Queues the next attempt. A named queue runs one job at a time; an endpoint (organization and origin) has four. The job
-- knows which attempt it is for: after a crash a second job for the same attempt finds nothing to do. graphile-worker's own
-- attempts count crashes and database errors only, so they must not run out. In every other mode add_job reads all jobs, in
-- search of the key; this one inserts, and a key of its own never meets another.
CREATE FUNCTION queue_attempt(delivery_id uuid, org_id uuid, origin text, attempt int, run_at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('attempt_delivery', json_build_object('id', delivery_id, 'attempt', attempt),
    queue_name => concat('endpoint:', md5(concat(org_id, ' ', origin)), '#', get_byte(uuid_send(delivery_id), 15) % 4),
    run_at => run_at, max_attempts => 32767, job_key => uuidv7()::text, job_key_mode => 'unsafe_dedupe');
END $$;
REVOKE EXECUTE ON FUNCTION queue_attempt FROM PUBLIC;
GRANT EXECUTE ON FUNCTION queue_attempt TO console_worker;

CREATE OR REPLACE FUNCTION queue_delivery() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.delivery_endpoints (org_id, origin)
  SELECT DISTINCT org_id, origin FROM made ORDER BY org_id, origin
  ON CONFLICT DO NOTHING;
  PERFORM public.queue_attempt(id, org_id, origin, attempt_count + 1, next_attempt_at) FROM made WHERE state = 'pending';
  RETURN NULL;
END $$;
CREATE TRIGGER deliveries_queued AFTER INSERT ON deliveries
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION queue_delivery();

GRANT UPDATE (next_attempt_at) ON deliveries TO console_worker;

-- What is pending gets its job, and the jobs that woke the former dispatcher go. The queue's schema is made after these
-- migrations, so a new database has none yet, and nothing pending.
DO $$
BEGIN
  IF to_regnamespace('graphile_worker') IS NOT NULL THEN
    PERFORM graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs WHERE task_identifier = 'deliver';
    PERFORM queue_attempt(id, org_id, origin, attempt_count + 1, next_attempt_at) FROM deliveries WHERE state = 'pending';
  END IF;
END $$;
