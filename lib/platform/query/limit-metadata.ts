import { METADATA } from "@/lib/states/run-fields";
import { LIMITS, type Piece, type Syntax } from "./parse-syntax";
import { QueryProblem } from "./query-problem";

/**
 * No index covers metadata: each comparison parses it in every row that the list scans, so only a few are
 * allowed instead of an expression's hundred.
 * @throws QueryProblem at the first one over the limit
 */
export function limitMetadata(syntax: Syntax): void {
  const excess = findMetadata(syntax)[LIMITS.maxMetadata];
  if (excess) {
    throw new QueryProblem(`There are more than ${LIMITS.maxMetadata} comparisons of metadata`, excess.at);
  }
}

/** In the order of the text. */
function findMetadata(syntax: Syntax): Piece[] {
  if (syntax.kind === "not") return findMetadata(syntax.item);
  if (syntax.kind !== "compare") return syntax.items.flatMap(findMetadata);
  return syntax.path[0].text === METADATA ? [syntax.path[0]] : [];
}
