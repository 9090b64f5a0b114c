import type { Pool } from "pg";
import { COMPUTE_LATENCY_PROFILES } from "@/lib/models/compute-latency-profiles";

const CUSTOMERS = 400;
/** Customers without runs, which a look-up by name must scan too. */
const QUIET_CUSTOMERS = 19_600;
const PEOPLE_PER_CUSTOMER = 4;
/** Of the newest runs: how many are non-terminal and on time, and how many are stuck. */
export const ON_TIME = 1_800;
export const STUCK = 200;

/**
 * Fills a realistic platform: customers of very different sizes with people and keys, models, and runs over
 * 30 days. Deterministic except for ids, relative to the time of filling. The models take minutes, so that
 * runs on time stay so during the benchmark.
 */
export async function fillConsole(owner: Pool, runs: number): Promise<void> {
  await owner.query(CUSTOMERS_SQL, [CUSTOMERS]);
  await owner.query(QUIET_CUSTOMERS_SQL, [QUIET_CUSTOMERS]);
  await owner.query(PEOPLE_SQL, [PEOPLE_PER_CUSTOMER]);
  await owner.query(KEYS_SQL);
  await owner.query(MODELS_SQL);
  await owner.query(RUNS_SQL, [runs, ON_TIME, STUCK]);
  await owner.query("VACUUM ANALYZE");
  await owner.query(COMPUTE_LATENCY_PROFILES.text, COMPUTE_LATENCY_PROFILES.values);
  await owner.query("ANALYZE model_envelopes");
}

/** Twenty customers start with each word, so a search while typing has several matches. */
const CUSTOMERS_SQL = `
  INSERT INTO organizations (name, slug, email)
  SELECT name, lower(replace(name, ' ', '-')), 'hello@' || lower(replace(name, ' ', '-')) || '.example'
  FROM (SELECT (ARRAY['Amber','Basalt','Cedar','Delta','Ember','Fjord','Garnet','Harbor','Indigo','Juniper','Kestrel',
      'Lumen','Maple','Nimbus','Onyx','Pollen','Quartz','Raven','Sable','Tundra'])[1 + n / 20] || ' ' ||
    (ARRAY['Analytics','Books','Cosmetics','Design','Events','Films','Games','Homes','Imaging','Jewels','Kitchens','Labs',
      'Media','News','Optics','Prints','Quilts','Retail','Studios','Travel'])[1 + n % 20] AS name
    FROM generate_series(0, $1::int - 1) n) t`;

const QUIET_CUSTOMERS_SQL = `
  INSERT INTO organizations (name, slug, email)
  SELECT initcap(name), replace(name, ' ', '-'), 'office@' || replace(name, ' ', '-') || '.example'
  FROM (SELECT (ARRAY['bra','cel','dov','el','fin','gar','hol','is','jo','kra','lin','mor','na','ol','per','quo','ras','sil'])[1 + n % 18] ||
    (ARRAY['a','be','ci','do','en','fu','gi','ho','im','ka','lu','mi','no','or','pe','ru','so','ti','un','va','we','xi','yo'])[1 + n % 23] ||
    (ARRAY['dan','len','mar','nov','ric','sen','ton','vik','wald','zen'])[1 + n / 7 % 10] || ' ' ||
    (ARRAY['gmbh','group','labs','partners','studios','works'])[1 + n % 6] || ' ' || n AS name
    FROM generate_series(1, $1::int) n) t`;

const PEOPLE_SQL = `
  INSERT INTO people (kind, name, email, email_verified_at, org_id)
  SELECT 'customer', o.name || ' person ' || n, 'person-' || n || '@' || o.slug || '.example', now(), o.id
  FROM organizations o CROSS JOIN generate_series(1, $1::int) n WHERE o.email LIKE 'hello@%'`;

const KEYS_SQL = `
  INSERT INTO api_keys (kind, name, prefix, hash, owner_id, org_id, scopes)
  SELECT 'inference', 'Key', 'rf_live_bench', sha256(p.email::bytea), p.id, p.org_id, '{}'
  FROM people p WHERE p.email LIKE 'person-1@%'`;

const MODELS_SQL = `
  INSERT INTO models (slug, kind, price_usd, p50_ms, p95_ms)
  SELECT 'bench/video-' || n, 'text-to-video', 0.4, 400000, 1000000 FROM generate_series(1, 16) n`;

/** Deterministic pseudo-random numbers; inserts the oldest run first, as in production. */
const RUNS_SQL = `
  WITH customer AS MATERIALIZED (
    SELECT array_agg(o.id ORDER BY o.slug) AS ids, array_agg(k.id ORDER BY o.slug) AS key_ids,
      array_agg(k.owner_id ORDER BY o.slug) AS person_ids
    FROM organizations o JOIN api_keys k ON k.org_id = o.id WHERE k.prefix = 'rf_live_bench'
  ), model AS MATERIALIZED (
    SELECT array_agg(id ORDER BY slug) AS ids, array_agg(slug ORDER BY slug) AS slugs FROM models WHERE slug LIKE 'bench/%'
  ), draw AS (
    SELECT n, n * 7919 % 10007 / 10007.0 AS size, 1 + n * 31 % 16 AS m, n * 613 % 1009 AS luck,
      240000 + n * 104729 % 900000 AS ms
    FROM generate_series($1::bigint, 1, -1) n
  ), fate AS (
    SELECT *, 1 + floor(array_length(customer.ids, 1) * size * size)::int AS c,
      CASE WHEN n <= $2::int + $3::int THEN CASE WHEN luck < 200 THEN 'queued' WHEN luck < 300 THEN 'dispatching' ELSE 'running' END
        WHEN luck < 940 THEN 'succeeded' WHEN luck < 985 THEN 'failed' WHEN luck < 1000 THEN 'canceled'
        ELSE 'partial_succeeded' END::run_status AS status,
      date_trunc('milliseconds', now() - CASE WHEN n <= $2::int THEN n * interval '0.25 seconds'
        WHEN n <= $2::int + $3::int THEN interval '1 hour' + (n - $2::int) * interval '5 minutes'
        ELSE interval '30 minutes' + n * (interval '30 days' / $1::bigint) END) AS at
    FROM draw CROSS JOIN customer
  )
  INSERT INTO runs (id, org_id, model_id, model, source_code, status_code, input, output, metadata, cost, request_id, client_ref,
    created_by, api_key_id, created_at, started_at, completed_at, duration_ms, failure_code, failure_message)
  SELECT uuidv7(at - clock_timestamp()), fate.ids[c], model.ids[m], model.slugs[m], (ARRAY['api','api','api','playground','dashboard'])[1 + n % 5], status,
    json_build_object('prompt', 'a harbor at dawn, take ' || n, 'seconds', 6, 'size', '1280x720'),
    CASE WHEN status = 'succeeded' THEN json_build_object('url', 'https://cdn.example/' || n || '.mp4') END,
    json_build_object('tenant', 'tenant-' || n % 50), CASE WHEN is_terminal(status) THEN 0.4 + luck / 10000.0 END,
    'req_' || lpad(n::text, 26, '0'), CASE WHEN n % 10 < 7 THEN 'order-' || n END, person_ids[c], key_ids[c], at,
    CASE WHEN status >= 'running' THEN at END, CASE WHEN is_terminal(status) THEN at + ms * interval '1 millisecond' END,
    CASE WHEN is_terminal(status) THEN ms END, CASE WHEN status = 'failed' THEN 'PROVIDER_ERROR' END,
    CASE WHEN status = 'failed' THEN 'The provider could not finish the work.' END
  FROM fate CROSS JOIN model`;
