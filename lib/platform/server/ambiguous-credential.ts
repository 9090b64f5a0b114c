import type { IncomingMessage } from "node:http";

/**
 * Of several Authorization headers Node keeps the first and drops the rest, and another server on the way may think of the
 * last. Whose request it is would depend on whom one asks, so they are kept as one that is no credential.
 */
export function keepAmbiguousCredential({ headers, headersDistinct }: IncomingMessage): void {
  const given = headersDistinct["authorization"] ?? [];
  if (given.length > 1) headers.authorization = given.join(", ");
}
