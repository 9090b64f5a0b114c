import { Gauge } from "prom-client";
import type { Db } from "@/lib/platform/db/client";
import { logFault } from "@/lib/platform/log-fault";
import { definer, metrics } from "@/lib/platform/metrics/metrics";
import { ageOf } from "./problem";
import { readServiceState } from "./read-service-state";

/** Several scrapers, and scrapes of several processes, must not add up to a load. */
const FRESH_MS = 5_000;
const UP_MS = 60_000;

type Gauges = ReturnType<typeof createGauges>;
type Reading = { at: number; done: Promise<void> };
const shared = globalThis as { runflowGauges?: Gauges; runflowReading?: Reading };

/**
 * Writes all metrics of this process as Prometheus text, after reading those of the database at most once in
 * five seconds. If it can't be read, its metrics are absent: an old value would look like a present one.
 */
export async function writeMetrics(db: Db): Promise<{ text: string; contentType: string }> {
  const { registry } = metrics();
  const gauges = (shared.runflowGauges ??= createGauges());
  const now = performance.now();
  if (!shared.runflowReading || now - shared.runflowReading.at > FRESH_MS)
    shared.runflowReading = { at: now, done: read(db, gauges) };
  await shared.runflowReading.done;
  return { text: await registry.metrics(), contentType: registry.contentType };
}

async function read(db: Db, { up, byLabel, plain }: Gauges): Promise<void> {
  const state = await readServiceState(db).catch((error: unknown) =>
    logFault("metrics", "the metrics of the database can't be read", error),
  );
  up.set(state ? 1 : 0);
  for (const gauge of Object.values(byLabel)) gauge.reset();
  for (const gauge of Object.values(plain)) gauge.remove();
  if (!state) return;
  const { taken_at, queues, sealing, forwarding, checkpoint, deliveries, processes, migrations } = state;
  const ageInSeconds = (time: string | null) => ageOf(time, taken_at) / 1_000;
  for (const { task, waiting, failed, locked, oldest_due_at } of queues) {
    byLabel.waiting.set({ task }, waiting);
    byLabel.oldest.set({ task }, ageInSeconds(oldest_due_at));
    byLabel.failed.set({ task }, failed);
    byLabel.locked.set({ task }, locked);
  }
  if (forwarding) {
    const { target: destination, lacking_since } = forwarding;
    byLabel.forwardLag.set({ destination }, ageInSeconds(lacking_since));
  }
  for (const kind of ["web", "worker"] as const) {
    const seen = processes.filter((each) => each.kind === kind && ageOf(each.seen_at, taken_at) < UP_MS);
    byLabel.processes.set({ kind }, seen.length);
  }
  plain.sealLag.set(ageInSeconds(sealing.oldest_unsealed_at));
  plain.unsealed.set(sealing.unsealed);
  if (checkpoint.time) plain.checkpointAge.set(ageInSeconds(checkpoint.time));
  plain.checkpointLag.set(ageInSeconds(checkpoint.unsigned_since));
  plain.deliveries.set(deliveries.waiting);
  plain.paused.set(deliveries.endpoints_paused);
  plain.stuck.set(state.stuck_runs.count);
  if (migrations) plain.migrations.set(migrations.pending.length);
}

function createGauges() {
  const define = definer(metrics().registry);
  return {
    up: new Gauge(define("runflow_database_up")),
    byLabel: {
      waiting: new Gauge(define("runflow_jobs_waiting", ["task"])),
      oldest: new Gauge(define("runflow_oldest_job_age_seconds", ["task"])),
      failed: new Gauge(define("runflow_jobs_failed", ["task"])),
      locked: new Gauge(define("runflow_jobs_locked", ["task"])),
      forwardLag: new Gauge(define("runflow_forward_lag_seconds", ["destination"])),
      processes: new Gauge(define("runflow_process_up", ["kind"])),
    },
    plain: {
      sealLag: new Gauge(define("runflow_seal_lag_seconds")),
      unsealed: new Gauge(define("runflow_unsealed_entries")),
      checkpointAge: new Gauge(define("runflow_last_checkpoint_age_seconds")),
      checkpointLag: new Gauge(define("runflow_checkpoint_lag_seconds")),
      deliveries: new Gauge(define("runflow_deliveries_waiting")),
      paused: new Gauge(define("runflow_endpoints_paused")),
      stuck: new Gauge(define("runflow_stuck_alerts_open")),
      migrations: new Gauge(define("runflow_migrations_pending")),
    },
  };
}
