-- Years of it: months are made ahead, security events are kept for as many months as is set, and the entries of a month
-- that is long over can be moved out of the trail once they are kept elsewhere. Rows are never deleted, only whole months.

-- A moment that has no date of four digits could never be sealed, and would keep everyone's entries waiting.
ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_occurred_at
  CHECK (occurred_at >= '2000-01-01Z' AND occurred_at < '9999-01-01Z');

-- Its rows live for a second: without this, what is left of them piles up at the end where the next ones are looked for.
ALTER TABLE audit_unsealed SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000, autovacuum_vacuum_cost_delay = 0);

-- Months ahead -----------------------------------------------------------------------------------------------------

-- As before, but two workers that start together don't make the same month.
CREATE OR REPLACE FUNCTION make_audit_months(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = '' SET timezone = 'UTC' AS $$
BEGIN
  PERFORM pg_catalog.pg_advisory_xact_lock(7020020261129);
  RETURN (SELECT count(*) FILTER (WHERE public.make_audit_month(month)) FROM generate_series(
    date_trunc('month', now()), date_trunc('month', now()) + ahead * interval '1 month', '1 month') month);
END $$;

-- How many months after this one have a table already, without a gap.
CREATE FUNCTION months_ahead(parent regclass) RETURNS integer LANGUAGE sql STABLE
SET search_path = '' SET timezone = 'UTC' AS $$
  SELECT min(missing)::integer - 1 FROM generate_series(1, 1000) missing WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = parent
      AND right(c.relname, 7) = to_char(date_trunc('month', now()) + missing * interval '1 month', 'YYYY_MM'))
$$;

-- Security events --------------------------------------------------------------------------------------------------

CREATE SCHEMA security_months;

ALTER TABLE security_events RENAME TO kept_security_events;
ALTER TABLE kept_security_events RENAME CONSTRAINT security_events_pkey TO kept_security_events_pkey;
ALTER INDEX "security_events_occurred_at_id_idx" RENAME TO kept_security_events_idx;
ALTER INDEX security_events_org_idx RENAME TO kept_security_events_org_idx;

CREATE TABLE security_events (
  LIKE kept_security_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
  CONSTRAINT security_events_pkey PRIMARY KEY (occurred_at, id)
) PARTITION BY RANGE (occurred_at);

CREATE INDEX "security_events_occurred_at_id_idx" ON "security_events"("occurred_at" DESC, "id" DESC);
CREATE INDEX security_events_org_idx ON security_events (org_id, occurred_at DESC, id DESC) WHERE org_id IS NOT NULL;

CREATE TRIGGER security_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON security_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_events_rows_append_only BEFORE UPDATE OR DELETE ON security_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- As make_audit_month and make_audit_months.
CREATE FUNCTION make_security_month(month timestamptz) RETURNS boolean LANGUAGE plpgsql
SET search_path = '' SET timezone = 'UTC' AS $$
DECLARE
  name text := 'security_events_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass('security_months.' || name) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE security_months.%I (LIKE public.security_events INCLUDING ALL)', name);
  EXECUTE format('CREATE TRIGGER security_events_whole BEFORE TRUNCATE ON security_months.%I
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', name);
  EXECUTE format('ALTER TABLE public.security_events ATTACH PARTITION security_months.%I FOR VALUES FROM (%L) TO (%L)',
    name, date_trunc('month', month), date_trunc('month', month) + interval '1 month');
  RETURN true;
END $$;
CREATE FUNCTION make_security_months(ahead integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = '' SET timezone = 'UTC' AS $$
BEGIN
  PERFORM pg_catalog.pg_advisory_xact_lock(7020020261129);
  RETURN (SELECT count(*) FILTER (WHERE public.make_security_month(month)) FROM generate_series(
    date_trunc('month', now()), date_trunc('month', now()) + ahead * interval '1 month', '1 month') month);
END $$;

-- Drops the months that ended longer ago than so many whole months, and returns how many there were. The little that the
-- worker may ever do about them: less than three months are always kept. Whoever uses the table is not kept waiting long.
CREATE FUNCTION drop_security_months(keep integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = '' SET timezone = 'UTC' SET lock_timeout = '3s' AS $$
DECLARE
  old regclass;
  dropped integer := 0;
BEGIN
  IF keep IS NULL OR keep < 3 THEN
    RAISE EXCEPTION 'security events are kept for three months or more, not %', keep
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR old IN
    SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.security_events'::regclass
      AND substring(pg_get_expr(c.relpartbound, c.oid) FROM $re$ TO \('([^']+)'\)$re$)::timestamptz
        <= date_trunc('month', now()) - keep * interval '1 month'
  LOOP
    EXECUTE format('DROP TABLE %s', old);
    dropped := dropped + 1;
  END LOOP;
  RETURN dropped;
END $$;

-- The months there are, as with the audit trail.
DO $$
DECLARE
  first timestamptz;
BEGIN
  PERFORM set_config('timezone', 'UTC', true);
  first := date_trunc('month', least(now(), (SELECT min(occurred_at) FROM kept_security_events)));
  CREATE TABLE security_months.security_events_past (LIKE security_events INCLUDING ALL);
  CREATE TRIGGER security_events_whole BEFORE TRUNCATE ON security_months.security_events_past
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  EXECUTE format('ALTER TABLE security_events ATTACH PARTITION security_months.security_events_past
    FOR VALUES FROM (MINVALUE) TO (%L)', first);
  PERFORM make_security_month(month) FROM generate_series(first, now(), '1 month') month;
  PERFORM make_security_months(12);
END $$;

INSERT INTO security_events SELECT * FROM kept_security_events;
DROP TABLE kept_security_events;

GRANT SELECT ON security_events TO console_app;
GRANT INSERT ON security_events TO console_web;
REVOKE EXECUTE ON FUNCTION make_security_month(timestamptz), make_security_months(integer), drop_security_months(integer)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_security_months(integer), drop_security_months(integer) TO console_worker;

-- Retired months ---------------------------------------------------------------------------------------------------

-- Where a month's entries are between leaving the trail and being dropped.
CREATE SCHEMA audit_retired;

CREATE TABLE audit_retirements (
  month DATE NOT NULL,
  first_position BIGINT NOT NULL,
  last_position BIGINT NOT NULL,
  entries BIGINT NOT NULL,
  file_sha256 BYTEA NOT NULL,
  checkpoint BIGINT NOT NULL,
  retired_at TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  CONSTRAINT audit_retirements_pkey PRIMARY KEY (month)
);
ALTER TABLE audit_retirements
  ADD CONSTRAINT audit_retirements_month CHECK (extract(day FROM month) = 1),
  ADD CONSTRAINT audit_retirements_positions CHECK (
    0 < first_position AND 0 < entries AND entries <= last_position - first_position + 1),
  ADD CONSTRAINT audit_retirements_hash CHECK (octet_length(file_sha256) = 32);

CREATE TRIGGER audit_retirements_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_retirements
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT ON audit_retirements TO console_app;

-- Takes a month out of the trail, in a transaction with the entry that says so. Its table is moved, with all its rows.
-- `seen` is the newest position at the time of which the month's entries were counted and written into the file.
CREATE FUNCTION retire_audit_month(retired date, file_sha256 bytea, checkpoint bigint, entries bigint,
  first_position bigint, last_position bigint, seen bigint) RETURNS void LANGUAGE plpgsql
SET search_path = '' SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  name text := 'audit_entries_' || to_char(retired, 'YYYY_MM');
  month_end timestamptz := retired + interval '1 month';
BEGIN
  -- From here on nobody writes, so that what was counted stays all there is.
  LOCK TABLE public.audit_entries IN ACCESS EXCLUSIVE MODE;
  IF now() < month_end THEN
    RAISE EXCEPTION '% is not over', to_char(retired, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_retirements_over';
  END IF;
  IF EXISTS (SELECT FROM public.audit_unsealed u WHERE u.occurred_at >= retired::timestamptz AND u.occurred_at < month_end)
    OR EXISTS (SELECT FROM public.audit_seals s
      WHERE s.position > seen AND s.entry_occurred_at >= retired::timestamptz AND s.entry_occurred_at < month_end) THEN
    RAISE EXCEPTION 'an entry of % came late', to_char(retired, 'YYYY-MM')
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_retirements_late';
  END IF;
  INSERT INTO public.audit_retirements (month, first_position, last_position, entries, file_sha256, checkpoint)
  VALUES (retired, first_position, last_position, entries, file_sha256, checkpoint);
  EXECUTE format('ALTER TABLE public.audit_entries DETACH PARTITION audit_months.%I', name);
  EXECUTE format('ALTER TABLE audit_months.%I SET SCHEMA audit_retired', name);
  -- Detaching took away what it had from the trail.
  EXECUTE format('CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_retired.%I
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', name);
END $$;
REVOKE EXECUTE ON FUNCTION retire_audit_month(date, bytea, bigint, bigint, bigint, bigint, bigint) FROM PUBLIC;
