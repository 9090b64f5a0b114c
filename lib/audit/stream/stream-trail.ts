import type { TrailPart } from "@/lib/audit/trail/read-trail";
import { invalid, Refusal } from "@/lib/platform/errors";
import { admitStream } from "@/lib/platform/stream/admit-stream";
import { openEventStream, type ServerEvent } from "@/lib/platform/stream/event-stream";
import { isStopping, noteStream } from "@/lib/platform/stream/open-streams";
import { budgetOf, type Caller, type Reach } from "@/lib/states/caller";
import type { TrailWatch } from "./trail-watch";

type StreamTrail = {
  /** The client's last position; absent to start with new entries. */
  after: number | undefined;
  /** The source of `after`, for errors. */
  loc: string[];
  readNewest(): Promise<number>;
  readPart(reach: Reach, after: number): Promise<TrailPart>;
  heartbeatMs: number;
  /**
   * Reads the current state of the caller.
   * @throws when they may no longer read the trail
   */
  readCallerAgain(): Promise<Caller>;
};

/**
 * Streams the trail by position, each entry once, starting after the client's position. Backpressure: holds
 * at most one part.
 * @throws Refusal RATE_LIMITED beyond the caller's streams, VALIDATION_ERROR for a position that the trail
 * has not reached
 */
export async function streamTrail(
  watch: TrailWatch,
  caller: Caller,
  { after, loc, readNewest, readPart, heartbeatMs, readCallerAgain }: StreamTrail,
): Promise<ReadableStream<Uint8Array>> {
  admitStream(caller);
  const newest = await readNewest();
  if (after !== undefined && after > newest) {
    throw invalid(loc, "out_of_range", `The trail ends at position ${newest}.`);
  }
  const { reach } = caller;
  let upTo = after ?? newest;
  let taken = upTo;
  let waiting: ServerEvent[] = [];
  let isReading = false;
  let hasEnded = false;

  const fill = async (goal: number) => {
    if (isReading) return;
    isReading = true;
    try {
      while (!hasEnded && waiting.length === 0 && upTo < goal) {
        ({ events: waiting, upTo } = await readPart(reach, upTo));
        if (waiting.length > 0) stream.wake();
      }
    } catch (error) {
      if (!isBusy(error)) stream.end();
    }
    isReading = false;
  };
  const hear = (goal: number) => void fill(goal);
  const stream = openEventStream({
    heartbeatMs,
    take: () => {
      taken = upTo;
      return waiting.splice(0);
    },
    place: () => (waiting.length > 0 ? taken : upTo),
    // Waiting entries were read under the old reach; the client reconnects from its position under the new
    // one.
    check: async () => {
      const { reach: now } = await readCallerAgain();
      if (JSON.stringify(now) !== JSON.stringify(reach)) throw new Error("the caller's reach has changed");
    },
    onEnd: () => {
      hasEnded = true;
      unfollow();
      forget();
    },
  });
  const unfollow = watch.follow({ hear, onLost: stream.end });
  const forget = noteStream({ budget: budgetOf(caller), end: stream.end });
  if (isStopping()) stream.end();
  else hear(newest);
  return stream.body;
}

/** Too many of the credential's lists are running; the next poll tries again. */
const isBusy = (error: unknown): boolean => error instanceof Refusal && error.code === "RATE_LIMITED";
