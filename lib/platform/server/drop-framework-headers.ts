import type { IncomingHttpHeaders } from "node:http";

/** Headers that Next's client sends to request parts of a page. */
const OF_PAGES = /^(rsc|next-.*|x-nextjs-.*)$/;

/**
 * The API has no pages: given these headers, Next would answer instead of the route, with a redirect that API
 * clients don't expect.
 */
export function dropFrameworkHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) if (OF_PAGES.test(name)) delete headers[name];
}
