-- A canceled run bills whatever the provider charged, whatever status its late report has. Any other run is charged by the
-- report that ended it, unless that report is a failure.
CREATE OR REPLACE FUNCTION book_charge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.ledger_entries (org_id, kind, amount, run_id, provider_event_id)
  SELECT r.org_id, 'charge', -NEW.cost, r.id, NEW.id FROM public.runs r
  WHERE r.id = NEW.run_id AND (NEW.outcome = 'applied' OR r.status_code = 'canceled')
  ON CONFLICT (run_id) WHERE kind = 'charge' DO NOTHING;
  RETURN NULL;
END $$;
DROP TRIGGER provider_events_book_charge ON provider_events;
CREATE TRIGGER provider_events_book_charge AFTER INSERT ON provider_events FOR EACH ROW
  WHEN (NEW.cost IS NOT NULL AND (NEW.outcome = 'dropped_terminal'
    OR NEW.outcome = 'applied' AND NEW.status_code IN ('succeeded', 'partial_succeeded')))
  EXECUTE FUNCTION book_charge();

-- The late reports that were kept, but not charged so far.
INSERT INTO ledger_entries (org_id, kind, amount, run_id, provider_event_id)
SELECT DISTINCT ON (r.id) r.org_id, 'charge', -e.cost, r.id, e.id
FROM provider_events e JOIN runs r ON r.id = e.run_id
WHERE e.cost IS NOT NULL AND e.outcome = 'dropped_terminal' AND r.status_code = 'canceled'
ORDER BY r.id, e.received_at, e.id
ON CONFLICT (run_id) WHERE kind = 'charge' DO NOTHING;
