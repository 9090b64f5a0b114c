import type { Metadata } from "next";
import { ApprovalActions } from "@/components/approvals/approval-actions";
import { ApprovalFacts } from "@/components/approvals/approval-facts";
import { ApprovalState } from "@/components/approvals/approval-state";
import { NextStep } from "@/components/approvals/next-step";
import { RunToCancel } from "@/components/approvals/run-to-cancel";
import { TicketChip } from "@/components/cancellations/ticket-chip";
import { PersonEntries } from "@/components/people/person-entries";
import { EntityLoading } from "@/components/shell/loading";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import { nameAction } from "@/lib/states/approval";
import { entityPage } from "../../console-page";
import { loadApprovalPage } from "./load-approval-page";

export const metadata: Metadata = { title: "Approval" };

/** How long the page waits for the other person. */
const WATCH_MS = 30 * 60_000;
const EVERY_MS = 2_000;

const PAGE = { permission: "runs.read", path: paths.approval, loading: <EntityLoading /> } as const;

export default entityPage(PAGE, async ({ caller, id }) => {
  const { approval, customers, entries, run, ticket, isOwn, disabledReason } = await loadApprovalPage(
    caller,
    id,
  );
  const isOpen = approval.state === "pending" || approval.state === "approved";
  return (
    <>
      <AutoRefresh forMs={isOpen ? WATCH_MS : 0} everyMs={EVERY_MS} />
      <ThingHeader
        back={{ href: paths.approvals(), text: "Approvals" }}
        title={<StoredText>{nameAction(approval.kind, approval.target.label)}</StoredText>}
        status={<ApprovalState state={approval.state} />}
        about={
          <div className="grid gap-1">
            <p className="wrap-anywhere">
              <StoredText>{approval.requested_by.name}</StoredText>:{" "}
              <StoredText className="text-ink">{approval.reason}</StoredText>
            </p>
            {ticket && <TicketChip ticket={ticket} />}
          </div>
        }
        actions={<ApprovalActions {...{ approval, isOwn, disabledReason }} />}
      >
        <NextStep approval={approval} isOwn={isOwn} />
      </ThingHeader>
      <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="grid min-w-0 gap-4">
          {run && <RunToCancel run={run} customer={customers[0]?.name} />}
          {entries && (
            <PersonEntries
              id="entries"
              title="Audit trail"
              entries={entries}
              beside={({ actor }) => `by ${plainStored(actor.name)}`}
              none="No entries that you have access to."
            />
          )}
        </div>
        <ApprovalFacts approval={approval} customers={customers} />
      </div>
    </>
  );
});
