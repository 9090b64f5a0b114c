import type { IncomingMessage } from "node:http";

/**
 * Of several of these headers Node keeps the first and drops the rest, and another server on the way may think of the last.
 * Whose request it is, and how its body is read, would depend on whom one asks; so they are kept as one that is neither.
 */
export function keepAmbiguousHeaders({ headers, headersDistinct }: IncomingMessage): void {
  for (const name of ["authorization", "content-type"] as const) {
    const given = headersDistinct[name] ?? [];
    if (given.length > 1) headers[name] = given.join(", ");
  }
}
