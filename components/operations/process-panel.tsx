import { DataTable } from "@/components/ui/data-table";
import { Mark } from "@/components/ui/mark";
import { EmptyPanel, Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Column } from "@/components/ui/table-column";
import type { ServiceProcess } from "@/lib/contract/service-state";
import { Elapsed } from "./elapsed";

/** The web servers and workers, with their version and uptime. */
export function ProcessPanel({ processes }: { processes: ServiceProcess[] }) {
  if (processes.length === 0)
    return (
      <EmptyPanel id="processes" title="Processes">
        None has registered yet.
      </EmptyPanel>
    );
  return (
    <Panel id="processes" title="Processes">
      <DataTable label="Processes" rows={processes} columns={COLUMNS} density="compact" />
    </Panel>
  );
}

const KINDS = { web: "Web server", worker: "Worker" };

const COLUMNS: Column<ServiceProcess>[] = [
  {
    id: "kind",
    head: "Process",
    width: "w-28",
    card: { order: 1 },
    cell: ({ kind }) => KINDS[kind],
  },
  {
    id: "host",
    head: "Host and process ID",
    card: { order: 3, span: 2 },
    className: "mono truncate",
    title: ({ host, pid }) => `${host}:${pid}`,
    cell: ({ host, pid }) => `${host}:${pid}`,
  },
  {
    id: "version",
    head: "Version",
    width: "w-30",
    card: { order: 4, isRight: true },
    className: "truncate",
    title: ({ revision }) => revision || undefined,
    cell: ({ version, revision }) => (
      <>
        {version}
        {revision && <span className="mono text-ink-muted"> {revision.slice(0, 7)}</span>}
      </>
    ),
  },
  {
    id: "uptime",
    head: "Running for",
    width: "w-40",
    card: { order: 2, span: 2, isRight: true },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ is_alive, started_at, seen_at }) =>
      is_alive ? (
        <Elapsed since={started_at} />
      ) : (
        <Mark tone="danger">
          Lost <RelativeTime time={seen_at} />
        </Mark>
      ),
  },
];
