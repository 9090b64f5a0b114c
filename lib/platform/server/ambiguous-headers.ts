import type { IncomingMessage } from "node:http";

/**
 * Request smuggling guard: if one of these headers is repeated, Node keeps the first, but a proxy may use the
 * last, so they could disagree on the caller or the body. Joins duplicates into one value that matches
 * neither.
 */
export function keepAmbiguousHeaders({ headers, headersDistinct }: IncomingMessage): void {
  for (const name of ["authorization", "content-type"] as const) {
    const given = headersDistinct[name] ?? [];
    if (given.length > 1) headers[name] = given.join(", ");
  }
}
