import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";

/** Cookies ignore ports: a page at this host is of another origin, but of the console's own site. */
export const SAME_SITE = "127.0.0.1";
export const CROSS_SITE = "localhost";

export type ForeignSite = { open(page: Page): Promise<void>; close(): void };

/** Another site, whose empty page can run any script. */
export async function startForeignSite(host: string): Promise<ForeignSite> {
  const server = createServer((_request, response) =>
    response.setHeader("Content-Type", "text/html").end("<!doctype html><link rel=icon href=data:,>"),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://${host}:${(server.address() as AddressInfo).port}/`;
  return { open: async (page) => void (await page.goto(url)), close: () => server.close() };
}
