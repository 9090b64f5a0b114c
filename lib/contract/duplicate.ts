import type { RunStatus } from "@/lib/states/run";

/** A run among those that may be one request sent twice. */
export type DuplicateRun = {
  id: string;
  status_code: RunStatus;
  created_at: string;
  /** Whether it is the run that was asked about. */
  isSelf: boolean;
  hasSameRef: boolean;
  /** The same model and, byte for byte, the same input. */
  hasSameInput: boolean;
};

/** In the order in which they were created. */
export type Duplicates = { runs: DuplicateRun[]; hasMore: boolean };
