import { streamRunsOperation } from "@/lib/contract/runs";
import { env } from "@/lib/env";
import { bind, endpoint } from "@/lib/http/endpoint";
import { runHub } from "@/lib/live/run-hub";
import { streamRuns } from "@/lib/live/stream-runs";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(streamRunsOperation, async ({ caller, readCallerAgain }) => {
    const heartbeatMs = env().STREAM_HEARTBEAT_SECONDS * 1000;
    return { status: 200, body: await streamRuns(runHub(), caller, { heartbeatMs, readCallerAgain }) };
  }),
});
