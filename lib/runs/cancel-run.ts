import { takeApproval } from "@/lib/approvals/take-approval";
import type { Run } from "@/lib/contract/runs";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { databaseRefusal } from "@/lib/platform/db/database-refusal";
import { findDatabaseFault } from "@/lib/platform/db/is-unavailable";
import { conflict, invalid, Refusal } from "@/lib/platform/errors";
import { countCancels, countLostRace, countRefusedCancel } from "@/lib/platform/metrics/count";
import type { RequestContext } from "@/lib/states/audit-entry";
import { type Caller, isOneself } from "@/lib/states/caller";
import { isTerminal } from "@/lib/states/run";
import { getRun } from "./get-run";
import { toRun } from "./run-record";
import { type CommandRecord, toCommandRecord, transitionRuns } from "./transition-runs";

/** @property runId as in the path; upper case is the same id */
export type CancelRun = { runId: string; reason: string | null; context: RequestContext };

/** `transitioned`: this call canceled the run. `unchanged`: it had already ended, and nothing was written. */
export type Cancellation = { outcome: "transitioned" | "unchanged"; run: Run };

/**
 * Cancels a run, or explains why this call did not.
 * @param db a client, or a READ COMMITTED transaction: the second statement must see the winner's commit
 * @throws Refusal VALIDATION_ERROR for a person without a reason; scripts may omit it
 * @throws Refusal RUN_NOT_FOUND for a run that doesn't exist or is out of reach
 * @throws Refusal CONFLICT `self_action_forbidden` when the acting person created the run, or made the key
 * that did, and it has not ended
 * @throws Refusal CONFLICT `approval_required` for a protected customer's run without an approval
 * @throws Refusal SERVICE_UNAVAILABLE when someone else has locked the run for 3 s
 */
export async function cancelRun(db: Db, caller: Caller, command: CancelRun): Promise<Cancellation> {
  const { outcome, run } = await cancel(db, caller, command).catch((error: unknown) => {
    countRefusedCancel(error);
    throw error;
  });
  countCancels(outcome === "transitioned" ? "canceled" : "unchanged");
  if (outcome === "unchanged" && Date.now() - Date.parse(run.completed_at!) < RACE_MS) countLostRace();
  return { outcome, run };
}

/** Two parties that end a run within this time act on the same view of it. */
const RACE_MS = 2_000;

async function cancel(db: Db, caller: Caller, command: CancelRun): Promise<Cancellation> {
  if (caller.kind === "session" && command.reason === null) {
    throw invalid(["body", "reason"], "missing", "Give a reason of 3 to 500 characters.");
  }
  const runId = parseUuid(command.runId);
  if (runId === undefined) throw new Refusal("RUN_NOT_FOUND");
  const record = toCommandRecord({ ...command, caller });
  const canceled = await transitionOne(db, runId, record);
  if (canceled) return canceled;

  const run = await getRun(db, caller.reach, runId);
  if (isTerminal(run.status_code)) return { outcome: "unchanged", run };
  if (isOneself(caller, run.created_by)) throw ownRun("You created this run");
  if (await isFromOwnKey(db, caller, runId)) throw ownRun("This run was created with a key that you made");
  // The guarded statement's last condition is left: the customer is protected.
  return db.$transaction(async (tx) => {
    const approval = await takeApproval(tx, { caller, kind: "run.cancel", targetId: runId, why: PROTECTED });
    const approved = await transitionOne(tx, runId, { ...record, approval });
    return approved ?? { outcome: "unchanged", run: await getRun(tx, caller.reach, runId) };
  });
}

const PROTECTED = "This customer is protected, so a second person must approve the cancellation.";

async function transitionOne(
  db: Db,
  runId: string,
  record: CommandRecord,
): Promise<Cancellation | undefined> {
  const [canceled] = await transitionRuns(db, [{ ...record, run_ids: [runId] }]).catch(refuseWhileLocked);
  return canceled && { outcome: "transitioned", run: toRun(canceled) };
}

const ownRun = (why: string) =>
  conflict("self_action_forbidden", `${why}, so a second person must cancel it.`);

async function isFromOwnKey(db: Db, caller: Caller, runId: string): Promise<boolean> {
  const run = await db.run.findUnique({
    where: { id: runId },
    select: { apiKey: { select: { createdBy: true } } },
  });
  return isOneself(caller, run?.apiKey?.createdBy ?? null);
}

const LOCKED = "Someone else is changing this run, so nothing was changed. Try again.";

function refuseWhileLocked(error: unknown): never {
  throw findDatabaseFault(error) === "locked" ? databaseRefusal("locked", LOCKED) : error;
}
