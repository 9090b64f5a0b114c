import type { RunStatus } from "@/lib/states/run";

/** The fields by which runs are related, as named in the `q` language. */
export const RELATIONS = ["batch_id", "api_key_id"] as const;
export type Relation = (typeof RELATIONS)[number];

export type RelatedRuns = {
  because: Relation;
  /** The shared value. */
  value: string;
  /** All of them, in the `q` language. */
  expression: string;
  /** The newest ones, without the run itself. */
  runs: { id: string; model: string; status_code: RunStatus; created_at: string }[];
  hasMore: boolean;
};
