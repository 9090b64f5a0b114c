import type { RunStatus } from "@/lib/states/run";

/** What runs have in common, by the field's name in the `q` language. */
export const RELATIONS = ["batch_id", "api_key_id"] as const;
export type Relation = (typeof RELATIONS)[number];

export type RelatedRuns = {
  because: Relation;
  /** What they share. */
  value: string;
  /** All of them, in the `q` language. */
  expression: string;
  /** The newest of them, without the run itself. */
  runs: { id: string; model: string; status_code: RunStatus; created_at: string }[];
  hasMore: boolean;
};
