import type { Task, TaskList } from "graphile-worker";

/**
 * Gives jobs that are still running at `late` back to the queue, as failed: another worker repeats them.
 * Without it, a silent receiver or a long query would keep a stopping worker waiting.
 */
export const handBackAll = (tasks: TaskList, late: AbortSignal): TaskList =>
  Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, handBack(task as Task, late)]));

const handBack =
  (task: Task, late: AbortSignal): Task =>
  (payload, helpers) =>
    new Promise((resolve, reject) => {
      const giveUp = () => reject(new Error("the worker stops before this job has ended"));
      if (late.aborted) return giveUp();
      // Not Promise.race: it would keep every job's result for as long as the signal lives.
      late.addEventListener("abort", giveUp, { once: true });
      void Promise.resolve(task(payload, helpers))
        .then(resolve, reject)
        .finally(() => late.removeEventListener("abort", giveUp));
    });
