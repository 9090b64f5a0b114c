import { Logger } from "graphile-worker";
import { log } from "@/lib/log";

/** The queue's own messages among ours. Its `info` tells of every single job, which for us is detail. */
const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

export const queueLog = new Logger(({ label, workerId, taskIdentifier, jobId }) => {
  const child = log.child({ queue: label, worker_id: workerId, task: taskIdentifier, job_id: jobId });
  return (level, message, meta) => {
    const error = meta?.["error"] ?? meta?.["failure"];
    child[LEVELS[level]](error ? { err: error } : {}, message);
  };
});
