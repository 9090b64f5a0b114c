import { setTimeout } from "node:timers/promises";
import { databaseRefusal } from "@/lib/platform/db/database-refusal";

/** No request takes longer than 20 s, whatever its statements add up to. */
const DEADLINE_MS = 19_000;

/** @throws Refusal SERVICE_UNAVAILABLE when the work has no end in time; it may still take effect */
export async function beforeDeadline<T>(work: Promise<T>, deadlineMs = DEADLINE_MS): Promise<T> {
  const over = new AbortController();
  const deadline = setTimeout(deadlineMs, undefined, { signal: over.signal }).then(() => {
    throw databaseRefusal("silent");
  });
  deadline.catch(() => {}); // the work was faster
  try {
    return await Promise.race([work, deadline]);
  } finally {
    over.abort();
  }
}
