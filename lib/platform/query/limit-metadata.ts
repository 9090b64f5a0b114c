import { METADATA } from "@/lib/states/run-fields";
import { LIMITS, type Piece, type Syntax } from "./parse-syntax";
import { QueryProblem } from "./query-problem";

/**
 * No index answers for metadata: each comparison reads the whole of it anew in every row that the list passes, so a
 * few are let through and not the hundred that an expression may have otherwise.
 * @throws QueryProblem at the first one that is too many
 */
export function limitMetadata(syntax: Syntax): void {
  const excess = findMetadata(syntax)[LIMITS.maxMetadata];
  if (excess) {
    throw new QueryProblem(`There are more than ${LIMITS.maxMetadata} comparisons of metadata`, excess.at);
  }
}

/** In the order in which they stand in the text. */
function findMetadata(syntax: Syntax): Piece[] {
  if (syntax.kind === "not") return findMetadata(syntax.item);
  if (syntax.kind !== "compare") return syntax.items.flatMap(findMetadata);
  return syntax.path[0].text === METADATA ? [syntax.path[0]] : [];
}
