/** The queue is full. */
export class TooBusy extends Error {
  override name = "TooBusy";
}

type Limits = {
  /** Tasks at once. */
  running: number;
  /** Waiting tasks of a group. */
  waiting: number;
  /** Waiting tasks of all groups. */
  waitingInAll: number;
};
/** `isUrgent`: goes before all others. */
type Turn = { group: string; isUrgent?: boolean };
type Waiting = { start: () => void; refuse: (error: TooBusy) => void };

const URGENT = Symbol("urgent");

/**
 * A fair limiter: each group has a queue, and the queues take turns, so that a flood in one delays the others
 * by one task. If all queues together are full, the longest one loses its newest task.
 * @returns a function that runs a task in its turn, or throws TooBusy
 */
export function makeFairLimiter({ running, waiting, waitingInAll }: Limits) {
  let active = 0;
  let queued = 0;
  /** In the order of their next turn. */
  const queues = new Map<string | symbol, Waiting[]>();

  const add = (group: string | symbol, task: Waiting) => {
    const queue = queues.get(group) ?? [];
    if (queue.length >= waiting) throw new TooBusy();
    if (queued >= waitingInAll) {
      const longest = [...queues.values()].reduce((most, each) => (each.length > most.length ? each : most));
      if (longest.length <= queue.length + 1) throw new TooBusy();
      longest.pop()!.refuse(new TooBusy());
      queued--;
    }
    queues.set(group, queue);
    queue.push(task);
    queued++;
  };
  const takeNext = (): Waiting | undefined => {
    const [group, queue] = queues.has(URGENT)
      ? ([URGENT, queues.get(URGENT)!] as const)
      : (queues.entries().next().value ?? []);
    if (group === undefined || !queue) return undefined;
    const next = queue.shift();
    queued--;
    // The group's next turn comes after everyone else's.
    queues.delete(group);
    if (queue.length > 0) queues.set(group, queue);
    return next;
  };

  return async <T>({ group, isUrgent = false }: Turn, work: () => Promise<T>): Promise<T> => {
    if (active < running) active++;
    else {
      // Hand over the slot directly, so that a newcomer can't take it.
      await new Promise<void>((start, refuse) => add(isUrgent ? URGENT : group, { start, refuse }));
    }
    try {
      return await work();
    } finally {
      const next = takeNext();
      if (next) next.start();
      else active--;
    }
  };
}
