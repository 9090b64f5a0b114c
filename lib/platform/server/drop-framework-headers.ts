import type { IncomingHttpHeaders } from "node:http";

/** Headers that Next's client sends to request parts of a page. */
const OF_PAGES = /^(rsc|next-.*|x-nextjs-.*)$/;
/** Headers between the parts of Next, and from its host; no client needs them. */
const INTERNAL = /^(x-(middleware|invoke|matched|prerender|next|now)-.*)$/;

/**
 * Removes headers that would change how Next routes or answers a request: forged ones, and for the API, which
 * has no pages, those of Next's client, too. Given these, Next would answer instead of the route.
 */
export function dropFrameworkHeaders(headers: IncomingHttpHeaders, isApi: boolean): void {
  for (const name of Object.keys(headers))
    if (INTERNAL.test(name) || (isApi && OF_PAGES.test(name))) delete headers[name];
}
