import { Refusal } from "@/lib/errors";
import { type Caller, reaches } from "@/lib/identity/caller";
import { admitStream } from "./admit-stream";
import { openEventStream } from "./event-stream";
import { isStopping, noteStream } from "./open-streams";
import { RunChanges } from "./run-changes";
import type { RunHub } from "./run-hub";

type StreamRuns = {
  heartbeatMs: number;
  /** The caller as they are by now. @throws when they may not follow runs any more */
  readCallerAgain(): Promise<Caller>;
};

/**
 * Tells which runs in reach change, for as long as the caller may know and PostgreSQL is heard. Nothing is
 * repeated; whoever opens one, first or again, asks for the present state then.
 * @throws Refusal SERVICE_UNAVAILABLE while PostgreSQL can't be listened to, RATE_LIMITED beyond the caller's streams
 */
export async function streamRuns(
  hub: RunHub,
  caller: Caller,
  { heartbeatMs, readCallerAgain }: StreamRuns,
): Promise<ReadableStream<Uint8Array>> {
  if (!(await hub.listens())) throw new Refusal("SERVICE_UNAVAILABLE");
  const { credentialId } = caller;
  admitStream(credentialId);
  let { reach } = caller;
  const changes = new RunChanges();
  const stream = openEventStream({
    heartbeatMs,
    take: () => (changes.isEmpty ? [] : [{ event: "runs", data: { changed: changes.take() } }]),
    check: async () => void ({ reach } = await readCallerAgain()),
    onEnd: () => {
      unfollow();
      forget();
    },
  });
  const unfollow = hub.follow({
    hear: (heard) => {
      changes.add(heard, (orgId) => reaches(reach, orgId));
      stream.wake();
    },
    onLost: stream.end,
  });
  const forget = noteStream({ credentialId, end: stream.end });
  if (isStopping()) stream.end();
  return stream.body;
}
