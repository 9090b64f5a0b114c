import { isUtf8Escapes } from "@/lib/contract/text/utf8-escapes";

/** The methods that routes can have a handler for; any other is answered as the route answers one it doesn't take. */
const ROUTABLE = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Empty and dot segments and backslashes, for which others redirect or think of another path. */
const UNROUTABLE = /\/\/|\\|\/\.\.?(?:\/|$)/;

export const isApiPath = (path: string): boolean => /^\/v1(?![^/?#])/.test(path);

/**
 * Makes of any request line one that the routes can answer, so that the answer is the API's own in every case.
 * @returns undefined for what is no path, such as `*`, and for a path under /v1 that can't be any route's, such as one
 *   with an empty segment
 */
export function toRoutableTarget(method: string, url: string): { method: string; url: string } | undefined {
  const target = url.replace(/^https?:\/\/[^/?#]*/i, "") || "/";
  if (!target.startsWith("/")) return undefined;
  if (!isApiPath(target)) return { method, url: target };
  const path = target.replace(/[?#].*$/s, "");
  if (path === "/v1" || path.endsWith("/") || UNROUTABLE.test(path)) return undefined;
  return {
    method: ROUTABLE.has(method) ? method : "OPTIONS",
    url: repairPercentSigns(path) + target.slice(path.length),
  };
}

/**
 * A percent sign in a path that starts no UTF-8 sequence is taken as the character itself: an id with one is just a wrong
 * id. A query's are left, for its reader to refuse by name.
 */
function repairPercentSigns(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+|%/gi, (escape) =>
    isUtf8Escapes(escape) ? escape : escape.replaceAll("%", "%25"),
  );
}
