import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Reason } from "./runs";
import { Timestamp } from "./values";

export const JOB_STATES = ["failed", "locked", "waiting", "scheduled"] as const;

export const Job = z
  .object({
    id: z.string().regex(/^\d+$/),
    revision: z.int().meta({ description: "Changes when the job is run again." }),
    task: z.string(),
    state: z.enum(JOB_STATES),
    attempts: z.int(),
    max_attempts: z.int(),
    created_at: Timestamp,
    run_at: Timestamp.meta({ description: "When it is or was due." }),
    failed_at: Timestamp.nullable(),
    locked_at: Timestamp.nullable(),
    locked_by: z.string().nullable().meta({ description: "The worker: its host and process id." }),
    error: z
      .string()
      .nullable()
      .meta({ description: "The last attempt's error, without addresses, keys and other values." }),
  })
  .meta({ id: "Job", description: "A background job. Its payload stays in the queue." });
export type Job = z.infer<typeof Job>;

export const JobPage = pageOf(Job).meta({ id: "JobPage" });
export type JobPage = z.infer<typeof JobPage>;

export const JobListQuery = z.strictObject({
  state: z.enum(["failed", "locked"]).default("failed"),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type JobListQuery = z.infer<typeof JobListQuery>;

export const listJobsOperation = defineOperation({
  id: "listJobs",
  method: "GET",
  path: "/v1/admin/jobs",
  summary: "List failed or locked jobs, newest first",
  access: admin("operations.read"),
  query: JobListQuery,
  responses: { 200: { description: "A page of jobs.", body: JobPage } },
});

export const RetryJobBody = z
  .strictObject({
    revision: z.int().min(0).max(2_147_483_647).meta({
      description: "As in the job that the decision is about: of several people who run it again, one does.",
    }),
    reason: Reason.nullish(),
  })
  .meta({ id: "JobRetry" });
export type RetryJobBody = z.infer<typeof RetryJobBody>;

export const retryJobOperation = defineOperation({
  id: "retryJob",
  method: "POST",
  path: "/v1/admin/jobs/{job_id}/retry",
  summary: "Run a failed job once more",
  description:
    "409 `job_not_failed` for a job that is running, waiting or scheduled; 409 `job_retried` if someone else was first.",
  access: admin("operations.manage"),
  audits: "job.retried",
  idempotent: { within: "no organization" },
  body: RetryJobBody,
  refusals: [404, 409],
  responses: { 202: { description: "The job, due now.", body: Job } },
});
