import { permissionRequired } from "@/lib/platform/errors";
import type { Filter } from "@/lib/platform/query/filter";
import { parseQuery } from "@/lib/platform/query/parse-query";
import type { Caller } from "@/lib/states/caller";

const WHY =
  "Values of metadata may be compared only by someone who may reveal them (runs.payload.reveal); whether a key is there may be asked by everyone, as in metadata.tenant:null.";

/**
 * A list that is narrowed by a masked value tells the value to whoever guesses it.
 * @throws Refusal PERMISSION_DENIED at `q`, or VALIDATION_ERROR for an expression that makes no sense
 */
export function refuseGuessing({ kind, permissions }: Caller, q: string | undefined): void {
  if (kind !== "session" || permissions.has("runs.payload.reveal")) return;
  const filter = q === undefined ? undefined : parseQuery(q);
  if (!filter || !comparesMetadata(filter)) return;
  throw permissionRequired("runs.payload.reveal", { message: WHY, loc: ["query", "q"] });
}

function comparesMetadata(filter: Filter): boolean {
  if (filter.kind === "not") return comparesMetadata(filter.item);
  if (filter.kind === "and" || filter.kind === "or") return filter.items.some(comparesMetadata);
  return filter.kind === "metadata";
}
