import { explainMissing } from "@/lib/client/explain-missing";
import { isTerminal, type RunStatus } from "@/lib/states/run";

type Run = { status_code: RunStatus; created_by: string | null };
type Viewer = { id: string; mayCancel: boolean };

/** @returns why this person can't cancel this run, or undefined; the server makes the final decision */
export function findDisabledReason(run: Run, viewer: Viewer): string | undefined {
  if (isTerminal(run.status_code)) return "This run has already ended.";
  if (!viewer.mayCancel) return explainMissing("canceling runs", "runs.cancel");
  if (run.created_by === viewer.id) return "You created this run. Someone else has to cancel it.";
  return undefined;
}
