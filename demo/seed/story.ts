import type { RunStatus } from "@/lib/states/run";
import { makeOriginal } from "./cancellations";
import { type Cast, makeOrigin, makeStuckState } from "./history";
import type { Random } from "./random";
import { makeRun, type Origin, type SeededRun } from "./runs";

const MINUTE_MS = 60_000;

/** Current problems, so that every list has content. */
export const tellStory = (cast: Cast, now: number, random: Random): SeededRun[] => [
  ...makeIncident(cast, now, random),
  ...makeStuckModel(cast, now, random),
  ...makeDuplicates(cast, now, random),
  ...makeAbuse(cast, now, random),
];

/** One customer's runs of one model have been failing for the last hour. */
function makeIncident(cast: Cast, now: number, random: Random): SeededRun[] {
  const origin = originOf(cast, "papaya", "google/nano-banana-pro");
  return Array.from({ length: 21 }, (_, made) => {
    const run = makeRun(origin, now - (55 - made * 2.4) * MINUTE_MS, now, random);
    return made % 4 === 3 ? run : fail(run);
  });
}

const fail = (run: SeededRun): SeededRun => ({
  ...run,
  status_code: "failed",
  output: null,
  cost: null,
  cost_breakdown: null,
  has_logs: true,
  failure_code: "provider_error",
  failure_message: "The provider returned an internal error.",
  failure_stage_code: "inference",
});

/** A model that stopped finishing two to three hours ago, for everyone. */
function makeStuckModel(cast: Cast, now: number, random: Random): SeededRun[] {
  const model = cast.models.find(({ slug }) => slug === "runflow/background-replace")!;
  return Array.from({ length: 14 }, () => {
    const createdMs = now - random.int(125, 185) * MINUTE_MS - random.int(0, 59_999);
    return makeRun({ ...makeOrigin(cast, random), model }, createdMs, now, random, makeStuckState(random));
  });
}

/** Requests sent twice: with one client ref, with different inputs, and without a ref. */
function makeDuplicates(cast: Cast, now: number, random: Random): SeededRun[] {
  const twice = (
    slug: string,
    model: string,
    minutesAgo: number,
    ref: string | null,
    stuckAt?: RunStatus,
  ) => {
    const origin = originOf(cast, slug, model);
    const second = fromApi(makeRun(origin, now - minutesAgo * MINUTE_MS, now, random, stuckAt), origin, ref);
    return [makeOriginal(second, origin, now, random), second];
  };
  const [first, second] = twice("tidewater", "runflow/smart-resize", 41, "order-48213");
  return [
    ...twice("kestrel-loom", "runflow/product-isolation", 64, "kl_77120", "running"),
    ...twice("nordlicht", "runflow/background-replace", 72, "shoot-31877", "running"),
    ...twice("papaya", "google/nano-banana-2", 52, null, "queued"),
    first!,
    { ...second!, input: String(second!.input).replace("1080x1080", "1200x1200") },
  ];
}

/** A leaked key: since half an hour ago, an unknown address creates more runs with it than its customer. */
function makeAbuse(cast: Cast, now: number, random: Random): SeededRun[] {
  const origin = originOf(cast, "atelier-minuit", "google/nano-banana-2");
  return Array.from({ length: 150 }, (_, made) => ({
    ...fromApi(makeRun(origin, now - (30 - made * 0.2) * MINUTE_MS, now, random), origin, null),
    created_ip: "192.0.2.66",
    callback_url: null,
    metadata: null,
  }));
}

function originOf({ organizations, keys, models }: Cast, slug: string, model: string): Origin {
  const organization = organizations.find((one) => one.slug === slug)!;
  const key = keys.find(({ orgId }) => orgId === organization.id)!;
  return { organization, key, model: models.find((one) => one.slug === model)!, batchId: null };
}

const fromApi = (run: SeededRun, { key }: Origin, client_ref: string | null): SeededRun => ({
  ...run,
  source_code: "api",
  client_ref,
  created_by: key.ownerId,
  api_key_id: key.id,
});
