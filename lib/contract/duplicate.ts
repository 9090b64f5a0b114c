import type { RunStatus } from "@/lib/states/run";

/** A run that may be the same request sent twice. */
export type DuplicateRun = {
  id: string;
  status_code: RunStatus;
  created_at: string;
  /** Whether it is the run in question. */
  isSelf: boolean;
  hasSameRef: boolean;
  /** The same model and the same input, byte for byte. */
  hasSameInput: boolean;
};

/** In order of creation. */
export type Duplicates = { runs: DuplicateRun[]; hasMore: boolean };
