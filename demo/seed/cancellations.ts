import { reaches } from "@/lib/states/caller";
import { findTicket } from "@/lib/tickets/ticket";
import type { PastActor } from "./actors";
import { type Cast, makeOrigin, makeStuckState } from "./history";
import { past, type PastEntry } from "./past-entries";
import type { Random } from "./random";
import { makeReason, TELLING_REASONS } from "./reasons";
import { makeRun, type Origin, type SeededModel, type SeededRun } from "./runs";
import { spreadOverDays } from "./traffic";
import { makeCost } from "./work";

export type PastCancels = { runs: SeededRun[]; entries: PastEntry[] };

const DAYS = 30;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/**
 * Shares of all cancels: a morning of provider trouble, and a stolen key whose runs an agent stopped one by
 * one.
 */
const OUTAGE = { share: 0.16, daysAgo: 9 };
const THEFT = { share: 0.08, daysAgo: 4 };

/** A month of cancels by permitted staff, more by day, with two peaks that have a cause. */
export function makeCancels(
  count: number,
  cast: Cast,
  actors: readonly PastActor[],
  now: number,
  random: Random,
): PastCancels {
  const cancels: PastCancels = { runs: [], entries: [] };
  const outage = Math.floor(count * OUTAGE.share);
  const theft = Math.floor(count * THEFT.share);
  const cancel = (atMs: number, origin: Origin, ageMs: number, reason?: string) =>
    add(cancels, { atMs, origin, ageMs, reason, actors, now }, random);

  for (const atMs of spreadOverDays(count - outage - theft, DAYS, now - 2 * MINUTE_MS, random)) {
    const ageMs = Math.max(20_000, random.logNormal(4 * MINUTE_MS, 3 * HOUR_MS));
    cancel(atMs, makeOrigin(cast, random), ageMs);
  }
  const morning = startOfDay(now, OUTAGE.daysAgo) + 9 * HOUR_MS;
  const origin = { ...makeOrigin(cast, random), model: cast.models[1]! };
  for (let made = 0; made < outage; made++) {
    const { organization, key } = makeOrigin(cast, random);
    const atMs = morning + random.int(0, 150) * MINUTE_MS;
    cancel(atMs, { ...origin, organization, key }, random.int(12, 90) * MINUTE_MS, TELLING_REASONS.outage);
  }
  const night = startOfDay(now, THEFT.daysAgo) + 22 * HOUR_MS;
  const victim = makeOrigin(cast, random);
  for (let made = 0; made < theft; made++)
    cancel(night + made * 41_000, victim, random.int(30, 400) * 1_000, TELLING_REASONS.theft);
  return cancels;
}

const startOfDay = (now: number, daysAgo: number): number =>
  Math.floor(now / (24 * HOUR_MS)) * 24 * HOUR_MS - daysAgo * 24 * HOUR_MS;

type Cancel = {
  atMs: number;
  origin: Origin;
  ageMs: number;
  reason: string | undefined;
  actors: readonly PastActor[];
  now: number;
};

function add(
  cancels: PastCancels,
  { atMs, origin, ageMs, actors, now, ...given }: Cancel,
  random: Random,
): void {
  const createdMs = atMs - Math.round(ageMs);
  const run = makeRun(origin, createdMs, atMs, random, makeStuckState(random));
  const able = actors.filter(({ reach }) => reaches(reach, origin.organization.id));
  const { actor } = random.weighted(
    able.map((one) => ({ ...one, weight: one.actor.type === "service_key" ? 0.5 : 1 })),
  );
  const isSilent = actor.type === "service_key" && random.chance(0.2);
  const reason = given.reason ?? (isSilent ? null : makeReason(run.status_code, ageMs, random));
  if (reason && /duplicat|twice/.test(reason)) cancels.runs.push(makeOriginal(run, origin, now, random));
  cancels.runs.push(toCanceled(run, atMs, origin.model, random));
  cancels.entries.push(
    past({
      action: "run.cancelled",
      at: new Date(atMs),
      orgId: origin.organization.id,
      actor,
      target: { type: "run", id: run.id, label: origin.model.slug },
      meta: {
        reason,
        ticket: reason && findTicket(reason),
        status_before: run.status_code,
        status_after: "canceled",
      },
    }),
  );
}

/** The original of a duplicate: the same request seconds earlier, which succeeded. */
export function makeOriginal(duplicate: SeededRun, origin: Origin, now: number, random: Random): SeededRun {
  const createdMs = duplicate.created_at.getTime() - random.int(900, 40_000);
  const run = makeRun(origin, createdMs, now, random);
  const { source_code, client_ref, created_by, api_key_id, input } = duplicate;
  return { ...run, source_code, client_ref, created_by, api_key_id, input };
}

/** Some are billed, for the provider's work before its late report. */
function toCanceled(run: SeededRun, atMs: number, model: SeededModel, random: Random): SeededRun {
  const isBilled = run.status_code !== "queued" && random.chance(0.6);
  return {
    ...run,
    status_code: "canceled",
    cost: isBilled ? makeCost(model, random) : null,
    completed_at: new Date(atMs),
    duration_ms: atMs - run.created_at.getTime(),
  };
}
