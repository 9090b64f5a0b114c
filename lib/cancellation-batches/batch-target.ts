import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";

/** The chain of a batch's entries: its customer's, or the platform's own for several. */
export const chainOf = (orgIds: readonly string[]): string =>
  orgIds.length === 1 ? orgIds[0]! : PLATFORM_ORG_ID;

/** The label of a batch in the trail. */
export const nameBatch = (runs: number): string =>
  `${runs.toLocaleString("en")} ${runs === 1 ? "run" : "runs"}`;
