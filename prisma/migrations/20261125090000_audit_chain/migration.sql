-- The trail as evidence: entries in monthly partitions, and beside them the seals, which give each entry its gapless
-- position and its place in its organization's hash chain. A seal is a row of its own, so that nothing is ever updated,
-- and so that positions and links are unique over all the months, which no index of a partitioned table can promise.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Roles: each process has a login of its own, and each role just what its process does.
DO $$ BEGIN
  CREATE ROLE console_web NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  CREATE ROLE console_worker NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT console_app TO console_web, console_worker;

-- Entries ----------------------------------------------------------------------------------------------------------

-- Months live out of the way, in a schema that only the owner enters: everyone else goes through the table.
CREATE SCHEMA audit_months;

CREATE TEMPORARY TABLE kept ON COMMIT DROP AS
  SELECT id, org_id, action, occurred_at, actor_type, actor_id, actor_name, actor_email, actor_role, actor_key_prefix,
    target_type, target_id, target_label, source, ip, user_agent, request_id, meta FROM audit_entries;
DROP TABLE audit_entries;

CREATE TABLE audit_entries (
  id UUID NOT NULL DEFAULT uuidv7(),
  org_id UUID NOT NULL,
  action TEXT NOT NULL,
  occurred_at TIMESTAMPTZ(3) NOT NULL,
  actor_type TEXT NOT NULL,
  actor_id UUID NOT NULL,
  actor_name TEXT NOT NULL,
  actor_email TEXT,
  actor_role TEXT,
  actor_key_prefix TEXT,
  target_type TEXT NOT NULL,
  target_id UUID NOT NULL,
  target_label TEXT NOT NULL,
  source TEXT NOT NULL,
  ip TEXT,
  user_agent TEXT,
  request_id TEXT NOT NULL,
  meta JSONB NOT NULL,
  CONSTRAINT audit_entries_pkey PRIMARY KEY (occurred_at, id)
) PARTITION BY RANGE (occurred_at);

-- A number that a double can't hold exactly would be hashed as another one.
CREATE FUNCTION has_exact_numbers(document jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET extra_float_digits = 1 AS $$
  SELECT NOT EXISTS (
    SELECT FROM jsonb_path_query(document, 'strict $.** ? (@.type() == "number")') number
    WHERE (number #>> '{}')::float8::text::numeric <> (number #>> '{}')::numeric)
$$;

ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled', 'run.payload_revealed',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered',
    'model.updated')),
  ADD CONSTRAINT audit_entries_actor_type CHECK (actor_type IN ('user', 'service_key', 'system')),
  ADD CONSTRAINT audit_entries_target_type CHECK (target_type IN ('run', 'webhook', 'callback_secret', 'delivery', 'model')),
  ADD CONSTRAINT audit_entries_source CHECK (source IN ('dashboard', 'api', 'bulk', 'system')),
  -- Nobody looks without saying why.
  ADD CONSTRAINT audit_entries_reveal_has_reason CHECK (action <> 'run.payload_revealed' OR meta ->> 'reason' IS NOT NULL),
  ADD CONSTRAINT audit_entries_exact_numbers CHECK (has_exact_numbers(meta));

CREATE INDEX "audit_entries_occurred_at_id_idx" ON "audit_entries"("occurred_at" DESC, "id" DESC);
CREATE INDEX "audit_entries_org_id_occurred_at_id_idx" ON "audit_entries"("org_id", "occurred_at" DESC, "id" DESC);
CREATE INDEX "audit_entries_actor_id_occurred_at_id_idx" ON "audit_entries"("actor_id", "occurred_at" DESC, "id" DESC);
CREATE INDEX "audit_entries_target_id_occurred_at_id_idx" ON "audit_entries"("target_id", "occurred_at" DESC, "id" DESC);
CREATE INDEX audit_entries_ticket_idx ON audit_entries ((meta ->> 'ticket'), occurred_at DESC, id DESC);
CREATE INDEX audit_entries_reason_idx ON audit_entries USING gin ((meta ->> 'reason') gin_trgm_ops);

CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- For whoever names a month instead of the table.
CREATE TRIGGER audit_entries_rows_append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Seals ------------------------------------------------------------------------------------------------------------

CREATE TABLE audit_seals (
  position BIGINT NOT NULL,
  entry_id UUID NOT NULL,
  entry_occurred_at TIMESTAMPTZ(3) NOT NULL,
  org_id UUID NOT NULL,
  sequence BIGINT NOT NULL,
  previous_hash BYTEA NOT NULL,
  hash BYTEA NOT NULL,
  sealed_at TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  CONSTRAINT audit_seals_pkey PRIMARY KEY (position)
);
CREATE UNIQUE INDEX audit_seals_entry_id_key ON audit_seals (entry_id);
-- A chain has neither forks nor two first links.
CREATE UNIQUE INDEX audit_seals_org_id_sequence_key ON audit_seals (org_id, sequence);
CREATE UNIQUE INDEX audit_seals_org_id_previous_hash_key ON audit_seals (org_id, previous_hash);
ALTER TABLE audit_seals
  ADD CONSTRAINT audit_seals_hashes CHECK (octet_length(previous_hash) = 32 AND octet_length(hash) = 32);

CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What the first link of an organization's chain follows.
CREATE FUNCTION audit_genesis(org_id uuid) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(convert_to(E'runflow-audit-genesis/v1\n' || org_id, 'UTF8'))
$$;

-- Whoever seals, every seal follows the one before, of its organization and of all, and is of an entry that is there.
CREATE FUNCTION require_continuation() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  lowest bigint;
  highest bigint;
  total bigint;
  faulty bigint;
BEGIN
  SELECT min(position), max(position), count(*) INTO lowest, highest, total FROM added;
  IF total = 0 THEN
    RETURN NULL;
  END IF;
  IF highest - lowest + 1 <> total
    OR lowest <> 1 + coalesce((SELECT max(position) FROM public.audit_seals WHERE position < lowest), 0) THEN
    RAISE EXCEPTION 'positions % to % do not continue the trail', lowest, highest
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_seals_continue';
  END IF;
  SELECT min(a.position) INTO faulty FROM added a
    LEFT JOIN public.audit_entries e
      ON e.id = a.entry_id AND e.occurred_at = a.entry_occurred_at AND e.org_id = a.org_id
    LEFT JOIN public.audit_seals p ON p.org_id = a.org_id AND p.sequence = a.sequence - 1
    WHERE e.id IS NULL OR a.previous_hash IS DISTINCT FROM
      CASE WHEN a.sequence = 1 THEN public.audit_genesis(a.org_id) ELSE p.hash END;
  IF faulty IS NOT NULL THEN
    RAISE EXCEPTION 'the seal at position % does not continue its chain', faulty
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_seals_continue';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_seals_continue AFTER INSERT ON audit_seals
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION require_continuation();

-- What waits for its seal: written with the entry by the database itself, so that no path can forget it.
CREATE TABLE audit_unsealed (
  entry_id UUID NOT NULL,
  occurred_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT audit_unsealed_pkey PRIMARY KEY (entry_id)
);

-- A commit that notifies keeps others waiting: one transaction at a time does, and the sealer looks by itself too.
CREATE FUNCTION queue_for_sealing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.audit_unsealed (entry_id, occurred_at) SELECT id, occurred_at FROM written;
  IF FOUND AND pg_try_advisory_xact_lock(7020020261126) THEN
    PERFORM pg_notify('audit_written', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entries_queued AFTER INSERT ON audit_entries
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION queue_for_sealing();

-- Months -----------------------------------------------------------------------------------------------------------

-- Gives a month its table, unless it has one. Attaching, unlike creating in place, keeps nobody from writing meanwhile.
CREATE FUNCTION make_audit_month(month timestamptz) RETURNS boolean LANGUAGE plpgsql
SET search_path = '' SET timezone = 'UTC' AS $$
DECLARE
  name text := 'audit_entries_' || to_char(month, 'YYYY_MM');
BEGIN
  IF to_regclass('audit_months.' || name) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE audit_months.%I (LIKE public.audit_entries INCLUDING ALL)', name);
  PERFORM public.guard_audit_month(name);
  EXECUTE format('ALTER TABLE public.audit_entries ATTACH PARTITION audit_months.%I FOR VALUES FROM (%L) TO (%L)',
    name, date_trunc('month', month), date_trunc('month', month) + interval '1 month');
  RETURN true;
END $$;

-- What only a single month can promise, and what a partitioned table does not pass on.
CREATE FUNCTION guard_audit_month(name text) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  EXECUTE format('CREATE UNIQUE INDEX %I ON audit_months.%I (id)', name || '_id_key', name);
  -- A run is cancelled once: a second entry about it can't even be written.
  EXECUTE format('CREATE UNIQUE INDEX %I ON audit_months.%I (target_id) WHERE action = ''run.cancelled''',
    name || '_cancelled_once', name);
  EXECUTE format('CREATE TRIGGER audit_entries_whole BEFORE TRUNCATE ON audit_months.%I
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', name);
END $$;

-- The months from now on, made ahead, so that no entry ever waits for one. Returns how many were missing.
CREATE FUNCTION make_audit_months(ahead integer) RETURNS integer LANGUAGE sql SECURITY DEFINER
SET search_path = '' SET timezone = 'UTC' AS $$
  SELECT count(*) FILTER (WHERE public.make_audit_month(month))::integer
  FROM generate_series(date_trunc('month', now()), date_trunc('month', now()) + ahead * interval '1 month', '1 month') month
$$;
REVOKE EXECUTE ON FUNCTION make_audit_month(timestamptz), guard_audit_month(text), make_audit_months(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_audit_months(integer) TO console_worker;

-- Whatever is older than the first month that is kept by itself.
DO $$
DECLARE
  first timestamptz;
BEGIN
  PERFORM set_config('timezone', 'UTC', true);
  first := date_trunc('month', least(now(), (SELECT min(occurred_at) FROM kept)));
  CREATE TABLE audit_months.audit_entries_past (LIKE audit_entries INCLUDING ALL);
  PERFORM guard_audit_month('audit_entries_past');
  EXECUTE format('ALTER TABLE audit_entries ATTACH PARTITION audit_months.audit_entries_past
    FOR VALUES FROM (MINVALUE) TO (%L)', first);
  PERFORM make_audit_month(month) FROM generate_series(first, now(), '1 month') month;
  PERFORM make_audit_months(12);
END $$;

INSERT INTO audit_entries SELECT * FROM kept;

-- Privileges -------------------------------------------------------------------------------------------------------

GRANT SELECT, INSERT ON audit_entries TO console_app;
GRANT SELECT ON audit_seals TO console_app;
GRANT SELECT ON audit_unsealed TO console_app;
GRANT INSERT ON audit_seals TO console_worker;
GRANT DELETE ON audit_unsealed TO console_worker;
