/** There is no room to wait either. */
export class TooBusy extends Error {
  override name = "TooBusy";
}

/**
 * Lets so many run at once and so many more wait for their turn, first come, first served.
 * @returns what runs a piece of work in its turn, and throws TooBusy without running it when the queue is full
 */
export function atMost(running: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let active = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (active < running) active++;
    else if (queue.length < waiting) {
      // Whoever ends hands its place on, so that nobody who comes later can take it.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else throw new TooBusy();
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else active--;
    }
  };
}
