-- What happens to runs is announced on the channel `runs_changed`, with the commit that makes it so. A payload is a JSON
-- list of [run, organization], or `null` where a statement touched more runs than fit into the 8,000 bytes that PostgreSQL
-- allows: then whoever listens asks anew for all that it shows. PostgreSQL itself drops a second announcement of the same
-- words in the same transaction, as when a report's charge becomes its run's cost.
--
-- A commit that notifies keeps every other such commit of the whole server waiting until it is on disk; 16 connections
-- that create runs would make a fifth of what they can. So one transaction at a time announces, and those beside it only
-- count that they did not, outside of any transaction, where listeners look every half second.

CREATE SEQUENCE runs_unannounced;

CREATE FUNCTION announce(words text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF pg_try_advisory_xact_lock(7020020261125) THEN
    PERFORM pg_notify('runs_changed', words);
  ELSE
    PERFORM nextval('public.runs_unannounced');
  END IF;
END $$;

CREATE FUNCTION announce_runs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  words text;
BEGIN
  SELECT CASE WHEN count(*) > 90 THEN 'null' ELSE json_agg(json_build_array(id, org_id))::text END
  INTO words FROM (SELECT id, org_id FROM touched LIMIT 91) t HAVING count(*) > 0;
  IF words IS NOT NULL THEN
    PERFORM public.announce(words);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER runs_announced_new AFTER INSERT ON runs
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION announce_runs();
CREATE TRIGGER runs_announced AFTER UPDATE ON runs
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION announce_runs();

-- A late report changes nothing about its run but what the run's page tells of it.
CREATE FUNCTION announce_late_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM public.announce(json_build_array(json_build_array(id, org_id))::text)
  FROM public.runs WHERE id = NEW.run_id;
  RETURN NULL;
END $$;
CREATE TRIGGER provider_events_announced AFTER INSERT ON provider_events FOR EACH ROW
  WHEN (NEW.outcome = 'dropped_terminal') EXECUTE FUNCTION announce_late_report();

GRANT USAGE, SELECT ON SEQUENCE runs_unannounced TO console_app;
