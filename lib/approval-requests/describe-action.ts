import {
  areProtected,
  doesGrantNeedApproval,
  whyRetryNeedsApproval,
  whyStartNeedsApproval,
} from "@/lib/approvals/needs-approval";
import { type ApprovalDetail, grantDetail } from "@/lib/approvals/take-approval";
import { type BatchRecord, failedOf } from "@/lib/cancellation-batches/batch-record";
import { readBatch } from "@/lib/cancellation-batches/get-batch";
import { nameBatch } from "@/lib/cancellation-batches/batch-target";
import { describePlan } from "@/lib/cancellation-batches/describe-plan";
import { refuseStarted } from "@/lib/cancellation-batches/lock-batch";
import type { RequestApprovalBody } from "@/lib/contract/approvals";
import { getOrganization } from "@/lib/organizations/get-organization";
import { refuseBeyond } from "@/lib/people/refuse-beyond";
import type { Db } from "@/lib/platform/db/client";
import { getRun } from "@/lib/runs/get-run";
import type { Caller } from "@/lib/states/caller";
import { isTerminal } from "@/lib/states/run";

type Action = {
  targetId: string;
  /** What it concerns, for people. */
  label: string;
  /** The customers concerned; none for all of them. */
  orgIds: string[];
  detail: ApprovalDetail;
  isNeeded: boolean;
};

/**
 * Describes the action of a request.
 * @throws Refusal of the action itself, for a target that is missing, out of reach, or beyond the caller
 */
export async function describeAction(db: Db, caller: Caller, body: RequestApprovalBody): Promise<Action> {
  switch (body.kind) {
    case "run.cancel": {
      const run = await getRun(db, caller.reach, body.run_id);
      const isNeeded = !isTerminal(run.status_code) && (await areProtected(db, [run.org_id]));
      return { targetId: run.id, label: run.model, orgIds: [run.org_id], detail: {}, isNeeded };
    }
    case "batch.start": {
      const batch = await readBatch(db, caller.reach, body.batch_id);
      const { runs, why } = await (batch.endedAt
        ? describeRetry(db, batch)
        : describeStart(db, caller, batch));
      const { id, orgIds } = batch;
      return { targetId: id, label: nameBatch(runs), orgIds, detail: { runs }, isNeeded: why !== undefined };
    }
    case "person.grant_admin": {
      await refuseBeyond(db, caller, { role: "admin", reach: body.reach });
      const { email, reach } = body;
      const orgIds = reach.org_ids ?? [];
      const isNeeded = doesGrantNeedApproval("admin");
      return { targetId: email, label: email, orgIds, detail: grantDetail(reach), isNeeded };
    }
    case "organization.unprotect": {
      const { id, name, is_protected } = await getOrganization(db, caller.reach, body.organization_id);
      return { targetId: id, label: name, orgIds: [id], detail: {}, isNeeded: is_protected };
    }
  }
}

async function describeStart(db: Db, caller: Caller, batch: BatchRecord) {
  refuseStarted(batch);
  const { cancelable: runs } = (await describePlan(db, caller, batch.id)).counts;
  return { runs, why: await whyStartNeedsApproval(db, batch.orgIds, runs) };
}

async function describeRetry(db: Db, batch: BatchRecord) {
  const runs = failedOf(batch);
  return { runs, why: runs > 0 ? await whyRetryNeedsApproval(db, batch, runs) : undefined };
}
