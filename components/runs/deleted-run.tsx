import { RunEntries } from "@/components/audit/run-entries";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Moment } from "@/components/ui/moment";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import type { AuditEntry } from "@/lib/contract/audit";
import type { RunStatus } from "@/lib/states/run";
import { StatusBadge } from "./status-badge";

type Props = {
  run: {
    id: string;
    status: RunStatus;
    cost: string | null;
    createdAt: string;
    completedAt: string;
    deletedAt: string;
  };
  customer: string;
  entries: AuditEntry[];
  mayReadAudit: boolean;
};

/** What remains of a run that was deleted when its retention ended. */
export function DeletedRun({ run, customer, entries, mayReadAudit }: Props) {
  return (
    <>
      <PageHeader title="Run deleted" />
      <div className="grid items-start gap-4 px-4 pb-6 lg:px-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <Panel id="details" title="Details">
          <p className="text-ink-muted border-b px-4 py-2.5">
            This run was deleted when its retention ended, with its payloads, provider events and deliveries.
            Its charge and its audit entries remain.
          </p>
          <KeyValues
            items={[
              { name: "Run ID", value: <Copyable text={run.id} what="run ID" /> },
              { name: "Customer", value: <StoredText>{customer}</StoredText> },
              { name: "Status", value: <StatusBadge status={run.status} /> },
              { name: "Cost", value: run.cost && `$${run.cost}` },
              { name: "Created", value: <Moment time={run.createdAt} /> },
              { name: "Ended", value: <Moment time={run.completedAt} /> },
              { name: "Deleted", value: <Moment time={run.deletedAt} /> },
            ]}
          />
        </Panel>
        <RunEntries entries={entries} isReadable={mayReadAudit} />
      </div>
    </>
  );
}
