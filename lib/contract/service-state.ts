import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Timestamp, Uuid } from "./values";

export const PROBLEMS = [
  "no_worker",
  "seal_lag",
  "jobs_failed",
  "jobs_late",
  "jobs_locked",
  "forward_lag",
  "checkpoint_lag",
  "checkpoint_copies",
  "process_lost",
  "migrations_pending",
  "versions_differ",
  "endpoints_paused",
  "runs_stuck",
] as const;

const Problem = z
  .object({
    kind: z.enum(PROBLEMS),
    severity: z.enum(["critical", "warning", "notice"]),
    title: z.string().meta({ description: "The problem in one sentence." }),
    since: Timestamp.nullable(),
    advice: z.string().meta({ description: "Its effect, and how to end it." }),
    href: z.string().meta({ description: "The console's page about it." }),
  })
  .meta({ id: "ServiceProblem" });
export type ServiceProblem = z.infer<typeof Problem>;

const TaskQueue = z
  .object({
    task: z.string(),
    waiting: z.int().meta({ description: "Jobs that are due and that no worker has taken." }),
    oldest_due_at: Timestamp.nullable(),
    scheduled: z.int().meta({ description: "Jobs for later, retries included." }),
    failed: z.int().meta({ description: "Jobs that used up their attempts." }),
    locked: z.int().meta({ description: "Jobs that a worker has taken." }),
    oldest_lock_at: Timestamp.nullable(),
  })
  .meta({ id: "TaskQueue" });
export type TaskQueue = z.infer<typeof TaskQueue>;

const Sealing = z.object({
  unsealed: z.int(),
  oldest_unsealed_at: Timestamp.nullable(),
  is_led: z.boolean().meta({ description: "Whether a worker holds the sealer's lease." }),
});

const Forwarding = z.object({
  target: z.string(),
  lacking: z.int(),
  lacking_since: Timestamp.nullable(),
  failures: z.int(),
  last_error: z.string().nullable(),
});

const Checkpointing = z.object({
  number: z.int().nullable().meta({ description: "Of the newest one; null before the first." }),
  time: Timestamp.nullable(),
  unsigned: z.int().meta({ description: "Sealed entries that no checkpoint covers yet." }),
  unsigned_since: Timestamp.nullable(),
  copies: z.array(
    z.object({ target: z.string(), copied_at: Timestamp.nullable(), last_error: z.string().nullable() }),
  ),
});

const Process = z
  .object({
    id: Uuid,
    kind: z.enum(["web", "worker"]),
    version: z.string(),
    revision: z.string(),
    host: z.string(),
    pid: z.int(),
    started_at: Timestamp,
    seen_at: Timestamp,
    is_alive: z.boolean().meta({ description: "Whether its heartbeat is on time." }),
  })
  .meta({ id: "ServiceProcess" });
export type ServiceProcess = z.infer<typeof Process>;

export const ServiceState = z
  .object({
    taken_at: Timestamp,
    problems: z.array(Problem).meta({ description: "The worst first; empty if all is well." }),
    queues: z.array(TaskQueue),
    sealing: Sealing,
    forwarding: Forwarding.nullable().meta({ description: "Null if no worker forwards the trail." }),
    checkpoint: Checkpointing,
    deliveries: z.object({ waiting: z.int(), endpoints_paused: z.int() }),
    stuck_runs: z.object({ count: z.int(), has_more: z.boolean() }),
    processes: z.array(Process),
    migrations: z
      .object({ pending: z.array(z.string()), unknown: z.array(z.string()) })
      .nullable()
      .meta({ description: "Null if this server's migrations can't be read." }),
  })
  .meta({ id: "ServiceState" });
export type ServiceState = z.infer<typeof ServiceState>;

export const getServiceStateOperation = defineOperation({
  id: "getServiceState",
  method: "GET",
  path: "/v1/admin/operations",
  summary: "Read the state of the service: problems, queues, lags, processes, migrations",
  access: admin("operations.read"),
  responses: { 200: { description: "The state, at most a few seconds old.", body: ServiceState } },
});
