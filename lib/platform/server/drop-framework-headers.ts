import type { IncomingHttpHeaders } from "node:http";

/** Headers by which the console's pages request parts of a page from Next. */
const OF_PAGES = /^(rsc|next-.*|x-nextjs-.*)$/;

/**
 * The API has no pages: with these headers, Next would respond instead of the route, with a redirect that API
 * clients don't expect.
 */
export function dropFrameworkHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers)) if (OF_PAGES.test(name)) delete headers[name];
}
