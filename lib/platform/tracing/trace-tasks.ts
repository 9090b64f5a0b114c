import type { Task, TaskList } from "graphile-worker";
import { inSpan, tracing } from "./tracing";

/** Runs each job in a span. A payload with a `traceparent` continues that trace. */
export function traceTasks(tasks: TaskList): TaskList {
  if (!tracing()) return tasks;
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]): [string, Task] => [
      name,
      (payload, helpers) => {
        const { id, attempts } = helpers.job;
        const attributes = { "runflow.task": name, "runflow.job_id": id, "runflow.attempt": attempts };
        const { traceparent } = payload as { traceparent?: string };
        const headers = new Headers(traceparent ? { traceparent } : {});
        return inSpan({ name: `job ${name}`, kind: "consumer", attributes, headers }, async () =>
          (task as Task)(payload, helpers),
        );
      },
    ]),
  );
}
