import { setTimeout } from "node:timers/promises";
import { run } from "graphile-worker";
import { openTarget } from "@/lib/audit/checkpoints/open-target";
import { createClient } from "@/lib/db/client";
import { Dispatcher } from "@/lib/deliveries/dispatcher";
import type { WorkerEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { queueLog } from "./queue-log";
import { runCopier } from "./run-copier";
import { runForwarder } from "./run-forwarder";
import { runSealer } from "./run-sealer";
import { createTasks, CRONTAB } from "./tasks";

const RETRY_MS = 2_000;
/** Between two looks at the queue; a new job is announced and doesn't wait for it. */
const POLL_MS = 2_000;
/** One to claim, one to record, one to spare. */
const DELIVERY_POOL_SIZE = 3;
const DELIVERY_SETTINGS = {
  // What a crash forgets of a delivery is that it was sent: it is sent again, with the same id.
  synchronous_commit: "off",
  // Every row is found by its key. A plan made while the tables were small would read them whole until the next ANALYZE.
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
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
  const deliveryDb = createClient({
    url: DATABASE_URL,
    poolSize: DELIVERY_POOL_SIZE,
    settings: DELIVERY_SETTINGS,
  });
  const dispatcher = new Dispatcher(deliveryDb, { encryptionKeys: settings.ENCRYPTION_KEYS, rules });
  const options = {
    connectionString: DATABASE_URL,
    maxPoolSize: DATABASE_POOL_SIZE,
    concurrency: Math.max(1, DATABASE_POOL_SIZE - 3),
    pollInterval: POLL_MS,
    logger: queueLog,
    noHandleSignals: true,
    taskList: createTasks(db, dispatcher, settings),
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
      log.info({ concurrency: options.concurrency, worker_id: dispatcher.workerId }, "the worker is ready");
      const end = () => void runner.stop("told to stop").catch(() => {});
      stop.addEventListener("abort", end);
      if (stop.aborted) end();
      await runner.promise.finally(() => stop.removeEventListener("abort", end));
    } catch (error) {
      log.error({ err: error }, "the worker stopped working; it starts again");
    }
    await setTimeout(RETRY_MS, undefined, { signal: stop }).catch(() => {});
  }
  await Promise.all([dispatcher.stop(), sealer, forwarder, ...copiers]);
  await Promise.all([db.$disconnect(), deliveryDb.$disconnect()]);
}
