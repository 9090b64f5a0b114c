import { streamState } from "./live";
import { pollEvery } from "./session-end";

/** A stream that is open tells of every change; the poll behind it is there for what nobody thought of. */
const NET_MS = 30_000;

/** As `pollEvery`, but seldom while the stream is open. */
export const pollBehindStream = (intervalMs: number, isNeeded: boolean): number | false =>
  pollEvery(streamState() === "open" ? NET_MS : intervalMs, isNeeded);
