import { isUtf8Escapes } from "@/lib/contract/text/utf8-escapes";

/** Methods that routes can handle; any other is treated like one that the route lacks. */
const ROUTABLE = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Empty and dot segments and backslashes, which other servers redirect or normalize. */
const UNROUTABLE = /\/\/|\\|\/\.\.?(?:\/|$)/;

export const isApiPath = (path: string): boolean => /^\/v1(?![^/?#])/.test(path);

/**
 * Rewrites a request line so that our routes answer it, never Next itself.
 * @returns undefined for a non-path such as `*`, and for a path under /v1 that no route can have, such as one
 * with an empty segment
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
 * A percent sign in a path that starts no UTF-8 sequence is literal: an id that contains one is just a wrong
 * id. Leaves the query alone, so that the route can name the parameter.
 */
function repairPercentSigns(path: string): string {
  return path.replace(/(?:%[0-9a-f]{2})+|%/gi, (escape) =>
    isUtf8Escapes(escape) ? escape : escape.replaceAll("%", "%25"),
  );
}
