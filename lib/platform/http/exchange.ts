import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";

/** One request on its way: where it came from, and who sent it as soon as that is known. */
export type Exchange = {
  context: RequestContext;
  /** For the log and the security event; a refusal may come before it is known. */
  caller: Caller | undefined;
};
