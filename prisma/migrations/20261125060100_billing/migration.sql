-- What customers pay: an append-only ledger, and the balance that it adds up to.

CREATE TABLE "ledger_entries" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(14,6) NOT NULL,
    "run_id" UUID,
    "provider_event_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, clock_timestamp()),

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "balances" (
    "org_id" UUID NOT NULL,
    "amount" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "low_below" DECIMAL(14,6) NOT NULL DEFAULT 10,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, clock_timestamp()),

    CONSTRAINT "balances_pkey" PRIMARY KEY ("org_id")
);

CREATE INDEX "ledger_entries_org_id_created_at_id_idx" ON "ledger_entries"("org_id", "created_at" DESC, "id" DESC);

ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_provider_event_id_fkey" FOREIGN KEY ("provider_event_id") REFERENCES "provider_events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "balances" ADD CONSTRAINT "balances_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Rules ----------------------------------------------------------------------------------------------------------------

ALTER TABLE ledger_entries
  ADD CONSTRAINT ledger_entries_kind CHECK (kind IN ('top_up', 'charge')),
  -- Money comes in by top-ups and goes out by charges for runs; a charge takes.
  ADD CONSTRAINT ledger_entries_charge_takes CHECK (
    (kind = 'charge' AND amount <= 0 AND run_id IS NOT NULL)
    OR (kind = 'top_up' AND amount > 0 AND run_id IS NULL AND provider_event_id IS NULL));
-- A run is charged once, whoever reports what.
CREATE UNIQUE INDEX ledger_entries_charged_once ON ledger_entries (run_id) WHERE kind = 'charge';
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The balance and the run's cost follow from the ledger: nothing else writes them. Organizations in order, so that two
-- bookings of several can't wait for each other.
CREATE FUNCTION follow_ledger() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO balances AS b (org_id, amount)
  SELECT org_id, sum(amount) FROM booked GROUP BY org_id ORDER BY org_id
  ON CONFLICT (org_id) DO UPDATE SET amount = b.amount + EXCLUDED.amount,
    updated_at = date_trunc('milliseconds', clock_timestamp());
  UPDATE runs SET cost = -booked.amount,
    cost_breakdown = json_build_object('provider_charge', trim_scale(-booked.amount)::text) FROM booked
  WHERE booked.kind = 'charge' AND runs.id = booked.run_id AND runs.cost IS DISTINCT FROM -booked.amount;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_entries_followed AFTER INSERT ON ledger_entries
  REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION follow_ledger();

-- What the provider charged is booked with its report, in the same transaction: for a run that succeeded, wholly or in
-- part, and for a cancelled one when the report of what was done arrives late. A failure costs nothing.
CREATE FUNCTION book_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.ledger_entries (org_id, kind, amount, run_id, provider_event_id)
  SELECT r.org_id, 'charge', -NEW.cost, r.id, NEW.id FROM public.runs r
  WHERE r.id = NEW.run_id AND (NEW.outcome = 'applied' OR r.status_code = 'canceled')
  ON CONFLICT (run_id) WHERE kind = 'charge' DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER provider_events_book_charge AFTER INSERT ON provider_events FOR EACH ROW
  WHEN (NEW.cost IS NOT NULL AND NEW.outcome IN ('applied', 'dropped_terminal')
    AND NEW.status_code IN ('succeeded', 'partial_succeeded'))
  EXECUTE FUNCTION book_charge();

-- What was there before the ledger: every cost becomes the charge that it was, and each organization
-- begins with 100 USD.
INSERT INTO ledger_entries (org_id, kind, amount, run_id, created_at)
SELECT org_id, 'charge', -cost, id, coalesce(completed_at, created_at) FROM runs WHERE cost IS NOT NULL;
-- What was reported late about cancelled runs was kept and not charged.
INSERT INTO ledger_entries (org_id, kind, amount, run_id, provider_event_id, created_at)
SELECT DISTINCT ON (r.id) r.org_id, 'charge', -e.cost, r.id, e.id, e.received_at
FROM provider_events e JOIN runs r ON r.id = e.run_id
WHERE e.cost IS NOT NULL AND e.outcome = 'dropped_terminal' AND e.status_code IN ('succeeded', 'partial_succeeded')
  AND r.status_code = 'canceled' AND r.cost IS NULL
ORDER BY r.id, e.received_at, e.id;
INSERT INTO ledger_entries (org_id, kind, amount)
SELECT o.id, 'top_up', 100 - coalesce(b.amount, 0) FROM organizations o LEFT JOIN balances b ON b.org_id = o.id;

-- Privileges -------------------------------------------------------------------------------------------------------------

GRANT SELECT ON ledger_entries, balances TO console_app;
GRANT INSERT ON ledger_entries TO console_app;
REVOKE UPDATE (cost) ON runs FROM console_app;
