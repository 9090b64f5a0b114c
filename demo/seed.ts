import pg from "pg";
import type { DemoAccounts } from "@/demo/start/accounts";
import { COMPUTE_LATENCY_PROFILES } from "@/lib/models/compute-latency-profiles";
import { bookMonth } from "./seed/billing";
import { mayCancel, toActor, toScript } from "./seed/actors";
import { makeCancels } from "./seed/cancellations";
import { copyRows } from "./seed/copy-rows";
import { makeHistory, makeInternalRun, makeStuck } from "./seed/history";
import { insertDeliveries } from "./seed/insert-deliveries";
import { type Introduction, introduceCustomers } from "./seed/introduce-customers";
import { insertKeys } from "./seed/keys";
import { DEMO_MODELS } from "./seed/models";
import { insertOrganizations, insertStaff } from "./seed/people";
import { doOfficeWork } from "./seed/office-work";
import { copyPastEntries } from "./seed/past-entries";
import { EVENT_COLUMNS, makeEvents } from "./seed/provider-ledger";
import { createRandom, type Random } from "./seed/random";
import { makeStaffDays } from "./seed/staff-days";
import { tellStory } from "./seed/story";
import { RUN_COLUMNS, type SeededModel, type SeededRun } from "./seed/runs";

export type SeedOptions = {
  /** A migrated and otherwise empty database, as its owner. */
  databaseUrl: string;
  log?(line: string): void;
  /**
   * The number of runs in the month before today; 50,000 by default. A small number makes a fast seed for
   * tests.
   */
  runs?: number;
  /** The customers to call back: their secrets and endpoints. Without them, no callbacks are sent. */
  introduction?: Introduction;
};

const LEDGER_MS = 48 * 3_600_000;
/** The age of the customers' keys, secrets and webhooks. */
const SET_UP_MS = 100 * 24 * 3_600_000;
/** One in this many runs is stuck; one in this many is canceled. */
const STUCK_EVERY = 4_000;
const CANCELED_EVERY = 160;

/**
 * Fills an empty database with the demo: customers, staff, keys, and a month of runs. Deterministic relative
 * to the time of seeding, except for the secrets.
 * @returns the secrets, which can't be read from the database again
 */
export async function seed({
  databaseUrl,
  log = () => {},
  runs = 50_000,
  introduction,
}: SeedOptions): Promise<DemoAccounts> {
  const random = createRandom("runflow");
  const now = Date.now();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    const organizations = await insertOrganizations(client, introduction?.origin);
    const { staff, signIns } = await insertStaff(client, organizations);
    const keys = await insertKeys(client, organizations, staff);
    if (introduction) await introduceCustomers(client, introduction, new Date(now - SET_UP_MS));
    const models = await insertModels(client);
    const cast = { organizations, keys: keys.inference, models };
    const actors = [...staff.filter(mayCancel).map(toActor), toScript(keys.admin, staff)];
    const cancels = makeCancels(Math.ceil(runs / CANCELED_EVERY), cast, actors, now, random);
    const told = [
      ...cancels.runs,
      ...makeStuck(Math.ceil(runs / STUCK_EVERY), cast, now, random),
      makeInternalRun(cast, keys.ofStaff, now),
      ...tellStory(cast, now, createRandom("story")),
    ];
    log(`Writing ${runs.toLocaleString("en")} runs …`);
    const lately: SeededRun[] = [];
    const all = tap(concat(makeHistory(runs - told.length, cast, now, random), told), (run) => {
      if (run.created_at.getTime() > now - LEDGER_MS) lately.push(run);
    });
    await copyRows(client, "runs", RUN_COLUMNS, all);
    await bookMonth(client, "basalt");
    await copyRows(client, "provider_events", EVENT_COLUMNS, makeLedger(lately, random));
    if (introduction) await insertDeliveries(client, lately, organizations, now, createRandom("deliveries"));
    const past = createRandom("past");
    const entries = [
      ...cancels.entries,
      ...makeStaffDays(staff, now, past),
      ...(await doOfficeWork(client, staff, lately, now, past)),
    ];
    log(`Writing ${entries.length.toLocaleString("en")} audit entries …`);
    await copyPastEntries(client, entries, past);
    await client.query("COMMIT");
    await client.query("ANALYZE runs, provider_events, audit_entries, deliveries, delivery_attempts");
    await client.query(COMPUTE_LATENCY_PROFILES.text, COMPUTE_LATENCY_PROFILES.values);
    return { people: signIns, keys: keys.secrets, orgs: organizations.map(({ id, name }) => ({ id, name })) };
  } finally {
    await client.end();
  }
}

async function insertModels(client: pg.Client): Promise<SeededModel[]> {
  const { rows } = await client.query<{ id: string; slug: string }>(
    `INSERT INTO models (slug, kind, price_usd, p50_ms, p95_ms)
     SELECT slug, kind, price, "p50Ms", "p95Ms"
     FROM json_to_recordset($1) AS t (slug text, kind text, price numeric, "p50Ms" int, "p95Ms" int) RETURNING id, slug`,
    [JSON.stringify(DEMO_MODELS)],
  );
  return DEMO_MODELS.map((model) => ({ ...model, id: rows.find(({ slug }) => slug === model.slug)!.id }));
}

function* makeLedger(runs: SeededRun[], random: Random) {
  for (const run of runs) yield* makeEvents(run, random);
}

function* tap<T>(items: Iterable<T>, look: (item: T) => void): Generator<T> {
  for (const item of items) {
    look(item);
    yield item;
  }
}

function* concat<T>(...lists: Iterable<T>[]): Generator<T> {
  for (const list of lists) yield* list;
}
