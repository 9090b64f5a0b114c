import type { RunStatus } from "@/lib/states/run";
import type { SeededKey } from "./keys";
import type { SeededOrganization } from "./people";
import { createRandom, type Random } from "./random";
import { makeRun, type Origin, type SeededModel, type SeededRun } from "./runs";
import { spreadOverDays } from "./traffic";

export type Cast = { organizations: SeededOrganization[]; keys: SeededKey[]; models: SeededModel[] };

const DAYS = 30;
const MINUTE_MS = 60_000;

/** A month of runs, oldest first: single ones and batches. */
export function* makeHistory(count: number, cast: Cast, now: number, random: Random): Generator<SeededRun> {
  let batch: { origin: Origin; left: number; createdMs: number } | undefined;
  for (const moment of spreadOverDays(count, DAYS, now, random)) {
    if (batch && batch.left > 0 && batch.createdMs < now - 1_000) {
      batch.left--;
      batch.createdMs += random.int(40, 400);
      yield makeRun(batch.origin, batch.createdMs, now, random);
      continue;
    }
    const origin = makeOrigin(cast, random);
    if (random.chance(0.01)) {
      batch = {
        origin: { ...origin, batchId: random.uuid(moment) },
        left: random.int(3, 24),
        createdMs: moment,
      };
      yield makeRun(batch.origin, moment, now, random);
    } else yield makeRun(origin, moment, now, random);
  }
}

/** Runs that the provider lost: they never end, and are too old for a simulator to resume. */
export function* makeStuck(count: number, cast: Cast, now: number, random: Random): Generator<SeededRun> {
  for (let made = 0; made < count; made++) {
    const ageMs = Math.round(random.logNormal(5 * 60 * MINUTE_MS, 40 * 60 * MINUTE_MS));
    const createdMs = now - Math.min(Math.max(ageMs, 50 * MINUTE_MS), 6 * 24 * 60 * MINUTE_MS);
    yield makeRun(makeOrigin(cast, random), createdMs, now, random, makeStuckState(random));
  }
}

/**
 * A hanging test run of a staff member, who can't cancel it as its creator. Two days old, so that the newest
 * running run is always another.
 */
export function makeInternalRun({ organizations, models }: Cast, key: SeededKey, now: number): SeededRun {
  const random = createRandom("internal testing");
  const organization = organizations.find(({ id }) => id === key.orgId)!;
  const origin = { organization, key, model: random.weighted(models), batchId: null };
  return {
    ...makeRun(origin, now - 2 * 24 * 60 * MINUTE_MS, now, random, "running"),
    source_code: "api",
    client_ref: "internal-test",
    created_by: key.ownerId,
    api_key_id: key.id,
    callback_url: null,
    metadata: null,
  };
}

export const makeStuckState = (random: Random): RunStatus =>
  random.weighted([
    { weight: 70, status: "running" as const },
    { weight: 18, status: "queued" as const },
    { weight: 12, status: "dispatching" as const },
  ]).status;

export function makeOrigin({ organizations, keys, models }: Cast, random: Random): Origin {
  const organization = random.weighted(organizations);
  const key = keys.find(({ orgId }) => orgId === organization.id)!;
  return { organization, key, model: random.weighted(models), batchId: null };
}
