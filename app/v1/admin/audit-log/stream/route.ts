import { z } from "zod";
import { streamTrail } from "@/lib/audit/stream/stream-trail";
import { trailWatch } from "@/lib/audit/stream/trail-watch";
import { readNewestPosition, readTrail } from "@/lib/audit/trail/read-trail";
import { Position, streamAuditLogOperation } from "@/lib/contract/audit";
import { listDb } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { parseWith } from "@/lib/platform/http/parse-input";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

/** Positions read per step; matching entries wait here until the client takes them. */
const STEP = 200;

const HEADER = "last-event-id";
const LastEventId = z.object({ [HEADER]: Position });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(streamAuditLogOperation, async ({ caller, query, raw, readCallerAgain }) => {
    const lastId = raw.headers.get(HEADER);
    const body = await streamTrail(trailWatch(), caller, {
      after: lastId === null ? query.after : parseWith(LastEventId, { [HEADER]: lastId }, "header")[HEADER],
      loc: lastId === null ? ["query", "after"] : ["header", HEADER],
      readNewest: () => readNewestPosition(listDb()),
      readPart: (reach, after) => withListPool(caller, (db) => readTrail(db, reach, after, STEP)),
      heartbeatMs: env().STREAM_HEARTBEAT_SECONDS * 1000,
      readCallerAgain,
    });
    return { status: 200, body };
  }),
});
