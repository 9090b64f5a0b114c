/**
 * A limiter per owner: runs tasks in order, at most `atOnce` of an owner at a time.
 * @returns the task's result, or undefined if `mostWaiting` others of its owner are already waiting
 */
export function limitPerOwner(atOnce: number, mostWaiting: number) {
  const owners = new Map<string, { running: number; waiting: (() => void)[] }>();

  return <T>(ownerId: string, task: () => Promise<T>): Promise<T> | undefined => {
    const owner = owners.get(ownerId) ?? { running: 0, waiting: [] };
    owners.set(ownerId, owner);
    if (owner.waiting.length >= mostWaiting) return undefined;

    const run = async (): Promise<T> => {
      // Hand over the slot directly, so that a newcomer can't take it.
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
