import { permissionRequired } from "@/lib/platform/errors";
import type { Filter } from "@/lib/platform/query/filter";
import { parseQuery } from "@/lib/platform/query/parse-query";
import type { Caller } from "@/lib/states/caller";

const WHY =
  "Comparing values of metadata requires runs.payload.reveal. Without it, you can only ask whether a key exists, as in metadata.tenant:null.";

/**
 * Filtering by a masked value would let a caller guess it.
 * @throws Refusal PERMISSION_DENIED at `q`, or VALIDATION_ERROR for an invalid expression
 */
export function refuseGuessing({ kind, permissions }: Caller, q: string | undefined): void {
  if (kind !== "session" || permissions.has("runs.payload.reveal")) return;
  const filter = q === undefined ? undefined : parseQuery(q);
  if (!filter || !comparesMetadata(filter)) return;
  throw permissionRequired("runs.payload.reveal", { message: WHY, loc: ["query", "q"] });
}

/** Whether a filter compares values of metadata. */
export function comparesMetadata(filter: Filter): boolean {
  if (filter.kind === "not") return comparesMetadata(filter.item);
  if (filter.kind === "and" || filter.kind === "or") return filter.items.some(comparesMetadata);
  return filter.kind === "metadata";
}
