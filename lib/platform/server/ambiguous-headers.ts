import type { IncomingMessage } from "node:http";

/**
 * Parser differential: if one of these headers is repeated, Node keeps the first and a proxy may use the last, so they could
 * disagree on the caller or on the body. Duplicates are joined into one value that matches neither.
 */
export function keepAmbiguousHeaders({ headers, headersDistinct }: IncomingMessage): void {
  for (const name of ["authorization", "content-type"] as const) {
    const given = headersDistinct[name] ?? [];
    if (given.length > 1) headers[name] = given.join(", ");
  }
}
