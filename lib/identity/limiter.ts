/** The queue is full. */
export class TooBusy extends Error {
  override name = "TooBusy";
}

/**
 * A limiter: runs up to `running` tasks at once and queues up to `waiting` more, first in, first out.
 * @returns a function that runs a task in its turn, or throws TooBusy when the queue is full
 */
export function makeLimiter(running: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let active = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (active < running) active++;
    else if (queue.length < waiting) {
      // Hand over the slot directly, so that a newcomer can't take it.
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
