import { setTimeout } from "node:timers/promises";
import { databaseRefusal } from "@/lib/platform/db/database-refusal";

/** A request takes at most 20 s, however many statements it runs. */
const DEADLINE_MS = 19_000;

/** @throws Refusal SERVICE_UNAVAILABLE if the work doesn't end in time; it may still take effect */
export async function beforeDeadline<T>(work: Promise<T>, deadlineMs = DEADLINE_MS): Promise<T> {
  const over = new AbortController();
  const deadline = setTimeout(deadlineMs, undefined, { signal: over.signal }).then(() => {
    throw databaseRefusal("silent");
  });
  deadline.catch(() => {}); // if the work ends first
  try {
    return await Promise.race([work, deadline]);
  } finally {
    over.abort();
  }
}
