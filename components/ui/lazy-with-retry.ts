import { isPageGone } from "./page-version";

const PAUSE_MS = 1_000;
const MOST_TRIES = 5;

/** The server no longer has this page's build: only a reload helps. */
export class PageGoneError extends Error {
  override name = "PageGoneError";
}

/**
 * Lazy loading with retries, for networks that have just dropped.
 * @throws PageGoneError at once after a deployment; otherwise the last error
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
