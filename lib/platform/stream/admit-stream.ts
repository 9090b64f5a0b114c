import { Refusal } from "@/lib/platform/errors";
import { budgetOf, type Caller } from "@/lib/states/caller";
import { countStreams } from "./open-streams";

/** More than any client needs. */
const MOST_STREAMS = 8;

/** @throws Refusal RATE_LIMITED when the person or key has too many open streams */
export function admitStream(caller: Caller): void {
  if (countStreams(budgetOf(caller)) < MOST_STREAMS) return;
  const message = `More than ${MOST_STREAMS} of your streams are open. Close one of them first.`;
  throw new Refusal("RATE_LIMITED", { message, headers: { "Retry-After": "15" } });
}
