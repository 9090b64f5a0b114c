/**
 * Makes a function that runs tasks in the order in which they come, at most `atOnce` of one owner at a time.
 * @returns what the task gives, or undefined when `mostWaiting` others of its owner are waiting already
 */
export function takeTurns(atOnce: number, mostWaiting: number) {
  const owners = new Map<string, { running: number; waiting: (() => void)[] }>();

  return <T>(ownerId: string, task: () => Promise<T>): Promise<T> | undefined => {
    const owner = owners.get(ownerId) ?? { running: 0, waiting: [] };
    owners.set(ownerId, owner);
    if (owner.waiting.length >= mostWaiting) return undefined;

    const run = async (): Promise<T> => {
      // The one that ends hands its place over, so that nobody who comes just then takes it.
      if (owner.running < atOnce) owner.running++;
      else await new Promise<void>((resolve) => owner.waiting.push(resolve));
      try {
        return await task();
      } finally {
        const next = owner.waiting.shift();
        if (next) next();
        else if (--owner.running === 0) owners.delete(ownerId);
      }
    };
    return run();
  };
}
