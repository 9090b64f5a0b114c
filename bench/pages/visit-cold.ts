import type { Browser } from "@playwright/test";
import { visit } from "@/e2e/browser/visit";
import type { Journey } from "./journeys";
import { readVitals, type Vitals } from "./vitals";

/** How much slower a support agent's laptop is than this machine. */
const CPU_SLOWDOWN = 4;

export type Visit = {
  baseUrl: string;
  path: string;
  cookie: string | undefined;
  journey: Journey;
  collector: string;
};

/** One visit with an empty cache on a slow machine. */
export async function visitCold(browser: Browser, options: Visit): Promise<Vitals> {
  const { baseUrl, path, cookie, journey, collector } = options;
  const context = await browser.newContext({ baseURL: baseUrl, viewport: { width: 1440, height: 900 } });
  try {
    if (cookie) {
      const [name, value] = [cookie.slice(0, cookie.indexOf("=")), cookie.slice(cookie.indexOf("=") + 1)];
      await context.addCookies([{ name, value, url: baseUrl }]);
    }
    await context.addInitScript(collector);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
    await visit(page, path);
    // LCP is final only at the first interaction.
    await readVitals(page);
    await journey(page);
    return await readVitals(page);
  } finally {
    await context.close();
  }
}
