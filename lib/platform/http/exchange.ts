import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";

/** A request in progress: its origin, and the caller once known. */
export type Exchange = {
  context: RequestContext;
  /** For the log and the security event; undefined if refused before the caller is known. */
  caller: Caller | undefined;
};
