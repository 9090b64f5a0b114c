import type { Task, TaskList } from "graphile-worker";
import { inSpan, tracing } from "./tracing";

/** Runs each job in a span. */
export function traceTasks(tasks: TaskList): TaskList {
  if (!tracing()) return tasks;
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]): [string, Task] => [
      name,
      (payload, helpers) => {
        const { id, attempts } = helpers.job;
        const attributes = { "runflow.task": name, "runflow.job_id": id, "runflow.attempt": attempts };
        return inSpan({ name: `job ${name}`, kind: "consumer", attributes }, async () =>
          (task as Task)(payload, helpers),
        );
      },
    ]),
  );
}
