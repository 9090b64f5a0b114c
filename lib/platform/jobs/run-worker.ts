import { EventEmitter } from "node:events";
import type { WorkerEvents } from "graphile-worker";
import { openTarget } from "@/lib/audit/checkpoints/open-target";
import { createAttemptTask } from "@/lib/deliveries/attempt-delivery";
import { createClient } from "@/lib/platform/db/client";
import type { WorkerEnv } from "@/lib/platform/env/env";
import { abortLater } from "./abort-later";
import { handBackAll } from "./hand-back";
import { keepRegistered } from "./keep-registered";
import { runCopier } from "./run-copier";
import { runForwarder } from "./run-forwarder";
import { runQueue } from "./run-queue";
import { runSealer } from "./run-sealer";
import { type Liveness, newLiveness, showLiveness } from "./show-liveness";
import { createTasks } from "./tasks";

/** Latency profiles and checkpoints read more rows than any request. */
const PATIENT = { statementTimeoutMs: 15_000, settings: { idle_in_transaction_session_timeout: 60_000 } };
/** For leases and heartbeats, which must never wait. */
const PRESENCE_TIMEOUT_MS = 3_000;
/** How long work in progress may take to end after `stop`; then it is given back or abandoned. */
const HAND_BACK_MS = 5_000;
type Settings = Omit<
  WorkerEnv,
  | "LOG_LEVEL"
  | "WORKER_PORT"
  | "HOST"
  | "REVISION"
  | "METRICS_TOKEN"
  | "OTEL_EXPORTER_OTLP_ENDPOINT"
  | "OTEL_TRACES_SAMPLER_ARG"
>;

/**
 * Runs a worker until `stop`: the queue, and the jobs that only one worker does at a time. Then hands back
 * its jobs and leases, so that others continue immediately.
 * @param liveness kept up to date for the worker's health
 */
export async function runWorker(
  { DATABASE_URL, DATABASE_POOL_SIZE, ...settings }: Settings,
  stop: AbortSignal,
  liveness: Liveness = newLiveness(),
): Promise<void> {
  const db = createClient({ url: DATABASE_URL, poolSize: DATABASE_POOL_SIZE, name: "main", ...PATIENT });
  const presence = createClient({ url: DATABASE_URL, poolSize: 2, statementTimeoutMs: PRESENCE_TIMEOUT_MS });
  const rules = { allowPrivate: settings.ALLOW_PRIVATE_CALLBACKS, ports: settings.CALLBACK_PORTS };
  const deliveries = createAttemptTask({ encryptionKeys: settings.ENCRYPTION_KEYS, rules });
  const events: WorkerEvents = new EventEmitter();
  const beating = showLiveness(presence, events, stop, liveness);
  const registered = keepRegistered(presence, "worker", stop);
  const late = abortLater(stop, HAND_BACK_MS);
  const leader = { db: presence, databaseUrl: DATABASE_URL, stop, late };
  const sealer = runSealer(leader);
  const { AUDIT_FORWARD_URL: url, AUDIT_FORWARD_SECRET: secret } = settings;
  const forwarder = url && secret && runForwarder({ ...leader, trail: db, url, secret });
  const copiers = settings.AUDIT_CHECKPOINT_TARGETS.map(async (target) =>
    runCopier({ ...leader, target: await openTarget(target, { secret: secret ?? "", rules }) }),
  );
  await runQueue({
    databaseUrl: DATABASE_URL,
    poolSize: DATABASE_POOL_SIZE,
    statementTimeoutMs: PATIENT.statementTimeoutMs,
    events,
    taskList: handBackAll(createTasks(db, deliveries.task, settings), late),
    stop,
  });
  await Promise.all([deliveries.close(), sealer, forwarder, ...copiers, beating, registered]);
  await Promise.all([db.$disconnect(), presence.$disconnect()]);
}
