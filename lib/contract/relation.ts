import type { RunStatus } from "@/lib/states/run";

/** The fields that relate runs, named as in the `q` language. */
export const RELATIONS = ["batch_id", "api_key_id"] as const;
export type Relation = (typeof RELATIONS)[number];

export type RelatedRuns = {
  because: Relation;
  /** The value that the runs share. */
  value: string;
  /** Matches all of them, in the `q` language. */
  expression: string;
  /** The newest ones, excluding the run itself. */
  runs: { id: string; model: string; status_code: RunStatus; created_at: string }[];
  hasMore: boolean;
};
