import type { ServiceProblem, ServiceProcess } from "@/lib/contract/service-state";
import { ageOf, count, type Facts } from "./problem";

/** An update replaces all processes within this time. */
const UPDATE_MS = 15 * 60_000;

/** The problems of the processes and of the database's version. */
export function findProcessProblems({ processes, migrations, taken_at }: Facts): ServiceProblem[] {
  const alive = processes.filter(({ is_alive }) => is_alive);
  const lost = processes.filter(({ is_alive }) => !is_alive);
  const builds = [...new Set(alive.map(buildOf))];
  const newest =
    alive
      .map(({ started_at }) => started_at)
      .toSorted()
      .at(-1) ?? null;
  const pending = migrations?.pending ?? [];
  return [
    !alive.some(({ kind }) => kind === "worker") && {
      kind: "no_worker" as const,
      severity: "critical" as const,
      title: "No worker is running.",
      since: newestOf(lost.filter(({ kind }) => kind === "worker")),
      advice: "Nothing is sealed, delivered, mailed or canceled in bulk until one runs. Start a worker.",
      href: "/operations#processes",
    },
    lost.length > 0 && {
      kind: "process_lost" as const,
      severity: "warning" as const,
      title: `${count(lost.length, "process", "processes")} stopped answering: ${lost.map(nameOf).join(", ")}.`,
      since: newestOf(lost),
      advice:
        "It crashed, froze, or lost the database. Others have its jobs. Look into its log, then restart it.",
      href: "/operations#processes",
    },
    pending.length > 0 && {
      kind: "migrations_pending" as const,
      severity: "critical" as const,
      title: `${count(pending.length, "migration is", "migrations are")} not applied: ${pending[0]}${pending.length > 1 ? " …" : ""}`,
      since: null,
      advice: "This version may fail without them. Run npm run migrate as the database’s owner.",
      href: "/operations#migrations",
    },
    builds.length > 1 &&
      ageOf(newest, taken_at) > UPDATE_MS && {
        kind: "versions_differ" as const,
        severity: "warning" as const,
        title: `Different versions are running: ${builds.join(", ")}.`,
        since: newest,
        advice: "Two versions may run side by side during an update. Finish it, or take it back.",
        href: "/operations#processes",
      },
  ].filter((problem) => problem !== false);
}

const buildOf = ({ version, revision }: ServiceProcess): string =>
  revision ? `${version} (${revision.slice(0, 10)})` : version;

const nameOf = ({ kind, host, pid }: ServiceProcess): string => `${kind} ${host}:${pid}`;

const newestOf = (processes: ServiceProcess[]): string | null =>
  processes
    .map(({ seen_at }) => seen_at)
    .toSorted()
    .at(-1) ?? null;
