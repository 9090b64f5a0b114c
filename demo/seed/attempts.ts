import { FIRST_RETRY_MS, JITTER, RETRY_FACTOR } from "@/lib/deliveries/backoff";
import { MAX_ATTEMPTS } from "@/lib/states/delivery";
import type { DemoIntegration, Misbehaviour } from "./customers";
import type { Random } from "./random";

export type AttemptMade = {
  startedMs: number;
  durationMs: number;
  status: number | null;
  error: string | null;
  responseBody: string | null;
};

export type Course = {
  attempts: AttemptMade[];
  isDelivered: boolean;
  /** The next attempt; absent once settled. */
  nextMs?: number;
};

/** How often a good endpoint fails briefly, and how often a message never gets through. */
const HICCUP = 0.004;
const LOST = 0.004;
const HOUR_MS = 3_600_000;
/** Later deliveries may still be in progress: they stay pending, and the worker finds them due. */
export const UNDECIDED_MS = 11_000;

/** A delivery's attempts until now, at an endpoint with its customer's reliability. */
export function makeAttempts(
  { misbehaves, brokenForHours }: DemoIntegration,
  createdMs: number,
  now: number,
  random: Random,
): Course {
  const isLost = random.chance(LOST);
  const brokenSince = brokenForHours === undefined ? 0 : now - brokenForHours * HOUR_MS;
  const attempts: AttemptMade[] = [];
  let startedMs = createdMs + random.int(5, 60);
  while (attempts.length < MAX_ATTEMPTS) {
    if (startedMs > now - UNDECIDED_MS) return { attempts, isDelivered: false, nextMs: startedMs };
    const isBroken = misbehaves !== undefined && startedMs >= brokenSince && random.chance(misbehaves.share);
    if (!isBroken && !isLost && !random.chance(HICCUP)) {
      attempts.push({ startedMs, ...makeSuccess(random) });
      return { attempts, isDelivered: true };
    }
    attempts.push({ startedMs, ...makeFailure(isBroken ? misbehaves.how : undefined, random) });
    const pauseMs = FIRST_RETRY_MS * RETRY_FACTOR ** (attempts.length - 1);
    startedMs += Math.round(pauseMs * (1 + (random.next() * 2 - 1) * JITTER));
  }
  return { attempts, isDelivered: false };
}

const answered = (status: number, responseBody: string | null) => ({ status, error: null, responseBody });
const unanswered = (error: string) => ({ status: null, error, responseBody: null });

const makeSuccess = (random: Random) => ({
  durationMs: Math.min(Math.round(random.logNormal(70, 480)), 9_000),
  ...random.weighted([
    { weight: 6, ...answered(204, null) },
    { weight: 3, ...answered(200, '{"received":true}') },
    { weight: 1, ...answered(202, "queued") },
  ]),
});

function makeFailure(how: Misbehaviour | undefined, random: Random): Omit<AttemptMade, "startedMs"> {
  const durationMs = random.int(4, 240);
  switch (how) {
    case "slow":
      return { durationMs: random.int(10_000, 10_040), ...unanswered("timeout") };
    case "server_error":
      return { durationMs, ...answered(500, '{"error":"internal error"}') };
    case "reset":
      return { durationMs, ...unanswered("connection_reset") };
    case "redirect":
      return { durationMs, status: 302, error: "redirect_not_followed", responseBody: null };
    case undefined:
      return {
        durationMs,
        ...random.pick([answered(503, "upstream connect error"), unanswered("connection_refused")]),
      };
  }
}
