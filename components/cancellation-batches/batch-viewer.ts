import { explainMissing } from "@/lib/client/explain-missing";

/** The person who views a bulk cancellation, with their permissions. */
export type BatchViewer = { id: string; mayCancelBulk: boolean; mayReadAudit: boolean };

/** @returns why the person can't plan, start or change bulk cancellations, if so */
export const findBulkReason = (mayCancelBulk: boolean): string | undefined =>
  mayCancelBulk ? undefined : explainMissing("bulk cancellations", "runs.cancel.bulk");
