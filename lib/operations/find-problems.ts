import type { ServiceProblem, TaskQueue } from "@/lib/contract/service-state";
import { findProcessProblems } from "./find-process-problems";
import { findTrailProblems } from "./find-trail-problems";
import { ageOf, count, oldest, ORDER, type Facts } from "./problem";

/** A queue that keeps up starts every job within a second. */
const LATE_MS = 60_000;
/** Longer than any task but a large bulk cancellation. */
const LOCKED_MS = 15 * 60_000;

/** Describes the problems in words, the worst first. */
export function findProblems(state: Facts): ServiceProblem[] {
  return [
    ...findProcessProblems(state),
    ...findTrailProblems(state),
    ...findJobProblems(state),
    ...findCustomerProblems(state),
  ].toSorted((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity));
}

function findJobProblems({ queues, taken_at }: Facts): ServiceProblem[] {
  const failed = queues.filter((queue) => queue.failed > 0);
  const late = queues.filter(({ oldest_due_at }) => ageOf(oldest_due_at, taken_at) > LATE_MS);
  const locked = queues.filter(({ oldest_lock_at }) => ageOf(oldest_lock_at, taken_at) > LOCKED_MS);
  const total = sum(failed, "failed");
  return [
    failed.length > 0 && {
      kind: "jobs_failed" as const,
      severity: "critical" as const,
      title: `${count(total, "job")} failed for good: ${list(failed, "failed")}.`,
      since: null,
      advice: "Nothing retries them. Read the error, end its cause, then run them again.",
      href: "/operations#failed-jobs",
    },
    late.length > 0 && {
      kind: "jobs_late" as const,
      severity: "warning" as const,
      title: `${count(sum(late, "waiting"), "job")} waited for over a minute: ${list(late, "waiting")}.`,
      since: oldest(late.map(({ oldest_due_at }) => oldest_due_at)),
      advice: "The workers can’t keep up. Start another one, or look for jobs that occupy them.",
      href: "/operations#queues",
    },
    locked.length > 0 && {
      kind: "jobs_locked" as const,
      severity: "warning" as const,
      title: `A job of ${locked.map(({ task }) => task).join(", ")} has been running for over 15 minutes.`,
      since: oldest(locked.map(({ oldest_lock_at }) => oldest_lock_at)),
      advice: "A large bulk cancellation may take that long; otherwise restart the worker that runs it.",
      href: "/operations#locked-jobs",
    },
  ].filter((problem) => problem !== false);
}

function findCustomerProblems({ deliveries, stuck_runs }: Facts): ServiceProblem[] {
  const { endpoints_paused } = deliveries;
  const stuck = `${stuck_runs.count}${stuck_runs.has_more ? "+" : ""}`;
  return [
    endpoints_paused > 0 && {
      kind: "endpoints_paused" as const,
      severity: "notice" as const,
      title: `${count(endpoints_paused, "customer endpoint")} ${endpoints_paused === 1 ? "is" : "are"} paused after repeated failures.`,
      since: null,
      advice: "Each is tried again at growing intervals. Tell the customer if that lasts.",
      href: "/webhooks/deliveries?state=pending",
    },
    stuck_runs.count > 0 && {
      kind: "runs_stuck" as const,
      severity: "notice" as const,
      title: `${stuck} ${stuck_runs.count === 1 ? "run is" : "runs are"} stuck.`,
      since: null,
      advice: "They take much longer than runs of their models usually do.",
      href: "/runs/stuck",
    },
  ].filter((problem) => problem !== false);
}

type Counted = "failed" | "waiting";
const sum = (queues: TaskQueue[], what: Counted): number =>
  queues.reduce((total, queue) => total + queue[what], 0);
const list = (queues: TaskQueue[], what: Counted): string =>
  queues.map((queue) => `${queue[what]} ${queue.task}`).join(", ");
