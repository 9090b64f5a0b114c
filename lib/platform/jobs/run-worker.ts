import { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";
import { run, type WorkerEvents } from "graphile-worker";
import { openTarget } from "@/lib/audit/checkpoints/open-target";
import { createAttemptTask } from "@/lib/deliveries/attempt-delivery";
import { createClient } from "@/lib/platform/db/client";
import type { WorkerEnv } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log";
import { queueLog } from "./queue-log";
import { runCopier } from "./run-copier";
import { runForwarder } from "./run-forwarder";
import { runSealer } from "./run-sealer";
import { showLiveness } from "./show-liveness";
import { createTasks, CRONTAB } from "./tasks";

const RETRY_MS = 2_000;
/** Between two looks at the queue. A new job is announced; that a named queue is free again is not. */
const POLL_MS = 20;
/** Mostly deliveries that wait for an answer: a silent endpoint takes four. */
const CONCURRENCY = 128;
const QUEUE_SETTINGS = {
  // What a crash of PostgreSQL forgets is that a job was done: it is done again, as after any crash.
  synchronous_commit: "off",
  // Every row is found by its key. A plan made while the tables were small would read them whole until the next ANALYZE.
  enable_seqscan: "off",
};

type Settings = Omit<WorkerEnv, "LOG_LEVEL">;

/**
 * Works the queue off until it is told to stop; jobs under way are finished first. When the queue gives up, as it does
 * after an outage of the database, it is started again.
 */
export async function runWorker(
  { DATABASE_URL, DATABASE_POOL_SIZE, ...settings }: Settings,
  stop: AbortSignal,
): Promise<void> {
  const db = createClient({ url: DATABASE_URL, poolSize: DATABASE_POOL_SIZE });
  const rules = { allowPrivate: settings.ALLOW_PRIVATE_CALLBACKS, ports: settings.CALLBACK_PORTS };
  const deliveries = createAttemptTask({ encryptionKeys: settings.ENCRYPTION_KEYS, rules });
  const events: WorkerEvents = new EventEmitter();
  showLiveness(events);
  const options = {
    connectionString: withSettings(DATABASE_URL, QUEUE_SETTINGS),
    maxPoolSize: DATABASE_POOL_SIZE,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    preset: { worker: { localQueue: { size: CONCURRENCY }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    events,
    logger: queueLog,
    noHandleSignals: true,
    taskList: createTasks(db, deliveries.task, settings),
    crontab: CRONTAB,
  };
  const sealer = runSealer(DATABASE_URL, stop);
  const { AUDIT_FORWARD_URL: url, AUDIT_FORWARD_SECRET: secret } = settings;
  const forwarder = url && secret && runForwarder({ db, databaseUrl: DATABASE_URL, url, secret, stop });
  const copiers = settings.AUDIT_CHECKPOINT_TARGETS.map(async (target) =>
    runCopier(DATABASE_URL, await openTarget(target, { secret: secret ?? "", rules }), stop),
  );
  while (!stop.aborted) {
    try {
      const runner = await run(options);
      // The figures are there from the first start on, and right after an outage; several workers ask for one job.
      const key = { jobKey: "compute_envelopes:start", maxAttempts: 3 };
      await runner.addJob("compute_envelopes", {}, key).catch((error: unknown) => {
        log.warn({ err: error }, "what models typically take is computed only at the next full five minutes");
      });
      await runner.addJob("make_months", {}, { jobKey: "make_months:start" }).catch((error: unknown) => {
        log.warn({ err: error }, "months are made ahead only at the next night");
      });
      log.info({ concurrency: CONCURRENCY }, "the worker is ready");
      const end = () => void runner.stop("told to stop").catch(() => {});
      stop.addEventListener("abort", end);
      if (stop.aborted) end();
      await runner.promise.finally(() => stop.removeEventListener("abort", end));
    } catch (error) {
      log.error({ err: error }, "the worker stopped working; it starts again");
    }
    await setTimeout(RETRY_MS, undefined, { signal: stop }).catch(() => {});
  }
  await Promise.all([deliveries.close(), sealer, forwarder, ...copiers]);
  await db.$disconnect();
}

/** @returns the address of a database whose sessions begin with these settings of PostgreSQL */
function withSettings(databaseUrl: string, settings: Record<string, string>): string {
  const url = new URL(databaseUrl);
  const given = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  url.searchParams.set("options", [url.searchParams.get("options") ?? "", ...given].join(" ").trim());
  return url.href;
}
