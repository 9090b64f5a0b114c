import type { IncomingHttpHeaders } from "node:http";

/** How the console's pages ask the framework for a part of a page. */
const OF_PAGES = /^(rsc|next-.*|x-nextjs-.*)$/;

/**
 * The API has no pages: with these headers the framework would answer in place of the route, by a redirect that no
 * client of an API expects.
 */
export function dropFrameworkHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) if (OF_PAGES.test(name)) delete headers[name];
}
