-- Recording an attempt locks a delivery, then its endpoint. Resuming locked them the other way round, so at the same moment
-- PostgreSQL could end one of the two as a deadlock. Deliveries that arrive after the lock have jobs, which are moved like the rest.
CREATE OR REPLACE FUNCTION resume_endpoint(of_org uuid, of_origin text) RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  waiting uuid[];
  resumed_at timestamptz;
BEGIN
  waiting := ARRAY(
    SELECT id FROM public.deliveries WHERE org_id = of_org AND origin = of_origin AND state = 'pending'
    ORDER BY id FOR NO KEY UPDATE);
  UPDATE public.delivery_endpoints SET failures_in_row = 0, open_until = NULL WHERE org_id = of_org AND origin = of_origin;
  resumed_at := date_trunc('milliseconds', clock_timestamp());
  UPDATE public.deliveries SET next_attempt_at = resumed_at WHERE id = ANY (waiting);
  PERFORM graphile_worker.reschedule_jobs(array_agg(id), run_at => resumed_at) FROM graphile_worker.jobs
  WHERE run_at > resumed_at
    AND queue_name IN (SELECT public.endpoint_queue(of_org, of_origin, lane) FROM generate_series(0, 3) AS lane);
  PERFORM pg_notify('jobs:insert', '{"count":4}');
  RETURN cardinality(waiting);
END $$;
