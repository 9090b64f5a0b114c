import { getApproval } from "@/lib/approval-requests/get-approval";
import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { explainMissing } from "@/lib/client/explain-missing";
import type { Approval } from "@/lib/contract/approvals";
import { AuditListQuery } from "@/lib/contract/audit";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { getRun } from "@/lib/runs/get-run";
import { APPROVAL_PERMISSIONS } from "@/lib/states/approval";
import { type Caller, covers } from "@/lib/states/caller";
import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";
import { orNotFound } from "../../or-not-found";

const LATEST = 10;

/** Loads everything on the page of an approval request. */
export async function loadApprovalPage(caller: Caller, id: string) {
  const approval = await orNotFound("APPROVAL_NOT_FOUND", getApproval(db(), caller, id));
  const query = AuditListQuery.parse({ limit: LATEST, target_id: approval.id });
  const [customers, entries, run] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: approval.org_ids }),
    caller.permissions.has("audit.read")
      ? withListPool(caller, (lists) => findAuditEntries(lists, caller.reach, query))
      : undefined,
    // Its requester may have lost access to the customer.
    approval.kind === "run.cancel" && covers(caller.reach, { all: false, orgIds: approval.org_ids })
      ? getRun(db(), caller.reach, approval.target.id).catch(onMissing)
      : undefined,
  ]);
  const requester = approval.requested_by;
  const isOwn = requester.id === caller.person.id;
  return {
    approval,
    customers,
    entries: entries?.items,
    run,
    ticket: findTicket(approval.reason, ticketSettings().pattern),
    isOwn,
    disabledReason: isOwn ? "Someone else has to decide your own request." : findObstacle(caller, approval),
  };
}

/** A run may be deleted once it has ended. */
function onMissing(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

/** Why the person can't decide it; the server checks again. */
function findObstacle({ permissions, reach }: Caller, { kind, org_ids }: Approval): string | undefined {
  const permission = APPROVAL_PERMISSIONS[kind];
  if (!permissions.has(permission)) return explainMissing("deciding this", permission);
  if (!covers(reach, { all: false, orgIds: org_ids })) return "You can’t access all of its customers.";
  return undefined;
}
