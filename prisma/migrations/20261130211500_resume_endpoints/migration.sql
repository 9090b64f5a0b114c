-- Closes an endpoint's circuit and sends everything that waits for it now. The jobs that were queued for later find their
-- attempt made, and do nothing. Returns how many deliveries were waiting.
CREATE FUNCTION resume_endpoint(of_org uuid, of_origin text) RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  waiting record;
  sent int := 0;
BEGIN
  UPDATE public.delivery_endpoints SET failures_in_row = 0, open_until = NULL WHERE org_id = of_org AND origin = of_origin;
  FOR waiting IN
    UPDATE public.deliveries SET next_attempt_at = date_trunc('milliseconds', clock_timestamp())
    WHERE org_id = of_org AND origin = of_origin AND state = 'pending'
    RETURNING id, attempt_count
  LOOP
    PERFORM public.queue_attempt(waiting.id, of_org, of_origin, waiting.attempt_count + 1, clock_timestamp());
    sent := sent + 1;
  END LOOP;
  RETURN sent;
END $$;
REVOKE EXECUTE ON FUNCTION resume_endpoint FROM PUBLIC;
GRANT EXECUTE ON FUNCTION resume_endpoint TO console_app;
