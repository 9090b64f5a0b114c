-- An endpoint's deliveries are spread over four queues, so at most four are on their way to it.
CREATE FUNCTION endpoint_queue(org_id uuid, origin text, lane int) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN concat('endpoint:', md5(concat(org_id, ' ', origin)), '#', lane);

CREATE OR REPLACE FUNCTION queue_attempt(delivery_id uuid, org_id uuid, origin text, attempt int, run_at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('attempt_delivery', json_build_object('id', delivery_id, 'attempt', attempt),
    queue_name => public.endpoint_queue(org_id, origin, get_byte(uuid_send(delivery_id), 15) % 4),
    run_at => run_at, max_attempts => 32767, job_key => uuidv7()::text, job_key_mode => 'unsafe_dedupe');
END $$;

-- In sets: job by job it took 0.15 ms a delivery, so a long queue met the time limit, and each repetition added a job per
-- delivery. A worker that postpones an attempt at the same time holds the endpoint's row (`startAttempt`): either it sees that
-- the circuit is closed, or its new job is seen here.
CREATE OR REPLACE FUNCTION resume_endpoint(of_org uuid, of_origin text) RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  resumed_at timestamptz;
  sent int;
BEGIN
  UPDATE public.delivery_endpoints SET failures_in_row = 0, open_until = NULL WHERE org_id = of_org AND origin = of_origin;
  resumed_at := date_trunc('milliseconds', clock_timestamp());
  UPDATE public.deliveries SET next_attempt_at = resumed_at
  WHERE org_id = of_org AND origin = of_origin AND state = 'pending';
  GET DIAGNOSTICS sent = ROW_COUNT;
  PERFORM graphile_worker.reschedule_jobs(array_agg(id), run_at => resumed_at) FROM graphile_worker.jobs
  WHERE run_at > resumed_at
    AND queue_name IN (SELECT public.endpoint_queue(of_org, of_origin, lane) FROM generate_series(0, 3) AS lane);
  PERFORM pg_notify('jobs:insert', '{"count":4}');
  RETURN sent;
END $$;
