import type { RequestContext } from "@/lib/audit/audit-entry";
import type { Caller } from "@/lib/identity/caller";

/** One request on its way: from where it came, and what has become known about it so far. */
export type Exchange = {
  context: RequestContext;
  /** Who sent it, for the log and the security event; a refusal may come before that is known. */
  caller: Caller | undefined;
  /** Whether it was counted against its credential's budget. */
  isCounted: boolean;
};
