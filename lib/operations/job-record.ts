import type { Job } from "@/lib/contract/jobs";
import { formatTimestamp } from "@/lib/contract/values";
import { redactError } from "./redact-error";

export type JobRow = {
  id: bigint;
  revision: number;
  task: string;
  state: Job["state"];
  attempts: number;
  max_attempts: number;
  created_at: Date;
  run_at: Date;
  failed_at: Date | null;
  locked_at: Date | null;
  locked_by: string | null;
  process: string | null;
  last_error: string | null;
};

export const toJob = ({ process, last_error, ...row }: JobRow): Job => ({
  id: String(row.id),
  revision: row.revision,
  task: row.task,
  state: row.state,
  attempts: row.attempts,
  max_attempts: row.max_attempts,
  created_at: formatTimestamp(row.created_at),
  run_at: formatTimestamp(row.run_at),
  failed_at: row.failed_at && formatTimestamp(row.failed_at),
  locked_at: row.locked_at && formatTimestamp(row.locked_at),
  locked_by: process ?? row.locked_by,
  error: last_error && redactError(last_error),
});
