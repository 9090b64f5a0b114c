import { streamState } from "./live";
import { pollEvery } from "./session-end";

/** A stream that is open tells of every change; the poll behind it is there for what nobody thought of. */
const NET_MS = 30_000;

/**
 * As `pollEvery`, but seldom while the stream is open.
 * @param error why the last question had no answer, if so: what the stream told of then is not known yet
 */
export const pollBehindStream = (
  intervalMs: number,
  isNeeded: boolean,
  error: Error | null,
): number | false => pollEvery(streamState() === "open" && !error ? NET_MS : intervalMs, isNeeded);
