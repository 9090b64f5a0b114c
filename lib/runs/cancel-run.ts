import type { RequestContext } from "@/lib/audit/audit-entry";
import type { Run } from "@/lib/contract/runs";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/db/client";
import { conflict, Refusal } from "@/lib/errors";
import type { Caller } from "@/lib/identity/caller";
import { CallerUnconfirmed } from "@/lib/identity/remember-caller";
import { gathererOf } from "./gather-cancels";
import { getRun } from "./get-run";
import { isTerminal } from "./run";
import { type RunRow, toRun } from "./run-record";
import { type CancelCommand, transitionRuns } from "./transition-runs";

export type CancelRun = { runId: string; reason: string | null; context: RequestContext };

/** `transitioned`: this call cancelled the run. `unchanged`: it had ended already, and nothing was written. */
export type Cancellation = { outcome: "transitioned" | "unchanged"; run: Run };

/**
 * Cancels a run, or says truthfully why it is not this call that did.
 * @throws Refusal RUN_NOT_FOUND for a run that doesn't exist or is out of reach
 * @throws Refusal CONFLICT `self_action_forbidden` when the person who acts created the run and it has not ended
 * @throws CallerUnconfirmed for a remembered caller who cancelled nothing
 */
export async function cancelRun(db: Db, caller: Caller, command: CancelRun): Promise<Cancellation> {
  const runId = parseUuid(command.runId);
  if (runId === undefined) throw new Refusal("RUN_NOT_FOUND");
  const full = { ...command, caller, runId };

  const together = gathererOf(db);
  const cancelled = together ? await together.cancel(full) : await transitionAlone(db, full);
  if (cancelled) return { outcome: "transitioned", run: toRun(cancelled) };
  if (caller.rememberedVersion !== undefined) throw new CallerUnconfirmed();

  const ended = await findEnded(db, full);
  if (ended) return ended;
  // It may still be cancelled: someone else held it at that moment, or named it first. Now it is waited for.
  const late = await transitionAlone(db, full);
  if (late) return { outcome: "transitioned", run: toRun(late) };
  const lost = await findEnded(db, full);
  if (lost) return lost;
  throw new Error(`run ${runId} has not ended, is in reach, and could not be cancelled`);
}

const transitionAlone = async (db: Db, command: CancelCommand): Promise<RunRow | undefined> =>
  (await transitionRuns(db, [command], "wait"))[0];

/** A statement of its own, whose snapshot is sure to have what the winner committed. */
async function findEnded(db: Db, { caller, runId }: CancelCommand): Promise<Cancellation | undefined> {
  const run = await getRun(db, caller.reach, runId);
  if (isTerminal(run.status_code)) return { outcome: "unchanged", run };
  if (run.created_by !== caller.person.id) return undefined;
  throw conflict("self_action_forbidden", "You created this run, so a second person must cancel it.");
}
