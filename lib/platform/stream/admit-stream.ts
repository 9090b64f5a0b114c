import { Refusal } from "@/lib/platform/errors";
import { countStreams } from "./open-streams";

/** More than any client needs. */
const MOST_STREAMS = 8;

/** @throws Refusal RATE_LIMITED when the credential has too many open streams */
export function admitStream(credentialId: string): void {
  if (countStreams(credentialId) < MOST_STREAMS) return;
  const message = `More than ${MOST_STREAMS} streams of this credential are open. Close one of them first.`;
  throw new Refusal("RATE_LIMITED", { message, headers: { "Retry-After": "15" } });
}
