import { setTimeout } from "node:timers/promises";
import { type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { openPool } from "@/lib/platform/db/open-pool";
import { pools } from "@/lib/platform/db/pools";
import { log } from "@/lib/platform/log";
import { logFault } from "@/lib/platform/log-fault";
import { traceTasks } from "@/lib/platform/tracing/trace-tasks";
import { queueLog } from "./queue-log";
import { CRONTAB } from "./tasks";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;
/** New jobs are announced, but a named queue that becomes free isn't. */
const POLL_MS = 20;
/** Mostly deliveries that wait for a response; a silent endpoint occupies four. */
const CONCURRENCY = 128;
const QUEUE_SETTINGS = {
  // After a crash, PostgreSQL may forget that a job finished; the job then runs again, as it may after any
  // crash.
  synchronous_commit: "off",
  // Forces index lookups. A plan from when the tables were small would scan them until the next ANALYZE.
  enable_seqscan: "off",
};

type Queue = {
  databaseUrl: string;
  poolSize: number;
  statementTimeoutMs: number;
  events: WorkerEvents;
  taskList: TaskList;
  stop: AbortSignal;
};

/**
 * Processes the queue until `stop`, then waits for jobs in progress. If the queue gives up, or a lost
 * response may have assigned jobs, restarts with a new id and releases the old id's jobs.
 */
export async function runQueue({
  databaseUrl,
  poolSize,
  events,
  taskList,
  stop,
  ...rest
}: Queue): Promise<void> {
  let lost = new AbortController();
  const pgPool = openPool({
    ...rest,
    url: databaseUrl,
    max: poolSize,
    applicationName: "runflow-queue",
    settings: QUEUE_SETTINGS,
    onLost: () => lost.abort(),
  });
  pools().set("queue", pgPool);
  const options = {
    pgPool,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    preset: {
      worker: {
        localQueue: { size: CONCURRENCY },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        // Tells tasks immediately that the worker stops; a bulk cancellation then ends its shift.
        gracefulShutdownAbortTimeout: 0,
      },
    },
    events,
    logger: queueLog,
    noHandleSignals: true,
    taskList: traceTasks(taskList),
    crontab: CRONTAB,
  };
  let retryMs = FIRST_RETRY_MS;
  while (!stop.aborted) {
    const startedAt = performance.now();
    lost = new AbortController();
    try {
      const runner = await run(options);
      await addFirstJobs(runner);
      log.info({ concurrency: CONCURRENCY }, "the worker is ready");
      const over = AbortSignal.any([stop, lost.signal]);
      const end = () => void runner.stop("stop requested").catch(() => {});
      over.addEventListener("abort", end);
      if (over.aborted) end();
      await runner.promise.finally(() => over.removeEventListener("abort", end));
    } catch (error) {
      logFault("queue", "the worker stopped working; restarting", error);
    }
    const wasWell = performance.now() - startedAt > LONGEST_RETRY_MS;
    retryMs = wasWell ? FIRST_RETRY_MS : Math.min(LONGEST_RETRY_MS, retryMs * 2);
    await setTimeout(retryMs, undefined, { signal: stop }).catch(() => {});
  }
  void pgPool.end();
}

/** Queues two scheduled jobs to run now; several workers queue each once. */
async function addFirstJobs(runner: Runner): Promise<void> {
  const key = { jobKey: "compute_envelopes:start", maxAttempts: 3 };
  await runner.addJob("compute_envelopes", {}, key).catch((error: unknown) => {
    log.warn({ err: error }, "typical model durations won't be computed before the next five-minute mark");
  });
  await runner.addJob("make_months", {}, { jobKey: "make_months:start" }).catch((error: unknown) => {
    log.warn({ err: error }, "future monthly tables won't be created before tonight's run");
  });
}
