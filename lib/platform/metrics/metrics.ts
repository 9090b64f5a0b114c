import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { buildInfo } from "@/lib/platform/build-info";
import { pools } from "@/lib/platform/db/pools";
import { type MetricName, METRICS } from "./names";

/** From a cached read to a request's deadline of 20 s. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

export type Metrics = ReturnType<typeof create>;

const shared = globalThis as { runflowMetrics?: Metrics };

/** The process's metrics. On globalThis, because the server and its routes are bundled apart. */
export const metrics = (): Metrics => (shared.runflowMetrics ??= create());

/** Puts a metric into a registry. */
export const definer =
  (registry: Registry) =>
  <Label extends string>(name: MetricName, labelNames: readonly Label[] = []) => ({
    name,
    help: METRICS[name],
    labelNames: [...labelNames],
    registers: [registry],
  });

function create() {
  const registry = new Registry();
  const define = definer(registry);
  collectDefaultMetrics({ register: registry });
  new Gauge(define("runflow_build_info", ["version", "revision"])).set(buildInfo(), 1);
  void new Gauge({
    ...define<"pool" | "state">("runflow_db_pool_connections", ["pool", "state"]),
    collect: readPools,
  });
  return {
    registry,
    requests: new Counter(define("runflow_http_requests_total", ["operation", "status"])),
    durations: new Histogram({
      ...define("runflow_http_request_duration_seconds", ["operation"]),
      buckets: BUCKETS_S,
    }),
    cancellations: new Counter(define("runflow_cancellations_total", ["outcome"])),
    racesLost: new Counter(define("runflow_races_lost_total")),
  };
}

function readPools(this: Gauge<"pool" | "state">): void {
  for (const [pool, { totalCount, idleCount, waitingCount }] of pools()) {
    this.set({ pool, state: "used" }, totalCount - idleCount);
    this.set({ pool, state: "idle" }, idleCount);
    this.set({ pool, state: "waiting" }, waitingCount);
  }
}
