import { isPageGone } from "./page-version";

const PAUSE_MS = 1_000;
const MOST_TRIES = 5;

/** The server no longer has the build that this page belongs to: only a reload helps. */
export class PageGoneError extends Error {
  override name = "PageGoneError";
}

/**
 * Loads a part of a page that comes late, again and again where the network has just gone.
 * @throws PageGoneError after a deployment, at once; else what loading threw, after the last try
 */
export async function lazyWithRetry<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (error) {
      if (!navigator.onLine) {
        await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
        tries = 0;
      } else if (await isPageGone()) throw new PageGoneError();
      else if (tries >= MOST_TRIES) throw error;
      else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
