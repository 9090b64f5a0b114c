import { Logger } from "graphile-worker";
import { log } from "@/lib/platform/log";

/** The queue's own messages among ours. Its `info` tells of every single job, which for us is detail. */
const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** The queue polls often: while the database is away it would say the same fifty times a second. */
const REPEAT_MS = 1_000;
let last = { message: "", at: 0 };

function isRepeated(message: string): boolean {
  const at = performance.now();
  if (message === last.message && at - last.at < REPEAT_MS) return true;
  last = { message, at };
  return false;
}

export const queueLog = new Logger(({ label, workerId, taskIdentifier, jobId }) => {
  const child = log.child({ queue: label, worker_id: workerId, task: taskIdentifier, job_id: jobId });
  return (level, message, meta) => {
    if (level === "error" && isRepeated(message)) return;
    const error = meta?.["error"] ?? meta?.["failure"];
    child[LEVELS[level]](error ? { err: error } : {}, message);
  };
});
