import { Logger } from "graphile-worker";
import { findDatabaseFault } from "@/lib/platform/db/is-unavailable";
import { log } from "@/lib/platform/log";
import { logFault } from "@/lib/platform/log-fault";

/** Maps the queue's log levels to ours. Its `info` reports every single job, which is debug for us. */
const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/**
 * Log throttling: without a database, the queue's polls and jobs would log the same fault fifty times a
 * second.
 */
export const queueLog = new Logger(({ label, workerId, taskIdentifier, jobId }) => {
  const fields = { queue: label, worker_id: workerId, task: taskIdentifier, job_id: jobId };
  const child = log.child(fields);
  return (level, message, meta) => {
    const error = meta?.["error"] ?? meta?.["failure"];
    if (level !== "error") return child[LEVELS[level]](error ? { err: error } : {}, message);
    const fault = findDatabaseFault(error ?? { message });
    if (fault) logFault(`queue: ${fault}`, `the queue fails: database ${fault}`, error ?? message, fields);
    else logFault(`queue: ${message}`, message, error, fields);
  };
});
