const PAUSE_MS = 1_000;
const MOST_TRIES = 5;

/**
 * Loads a part of a page that comes late, again and again where the network has just gone: a page that lacks a part would
 * otherwise fall as a whole.
 * @throws what loading threw, when the network is there and the part isn't, as after a deployment
 */
export async function lazyWithRetry<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (error) {
      if (!navigator.onLine) {
        await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
        tries = 0;
      } else if (tries >= MOST_TRIES) throw error;
      else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
