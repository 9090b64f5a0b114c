import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";

/** A request in progress: where it came from, and the caller once known. */
export type Exchange = {
  context: RequestContext;
  /** For the log and the security event; refusals may come before it is known. */
  caller: Caller | undefined;
};
