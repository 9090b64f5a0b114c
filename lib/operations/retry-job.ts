import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Job, RetryJobBody } from "@/lib/contract/jobs";
import type { Db } from "@/lib/platform/db/client";
import { conflict, Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";
import { type JobRow, toJob } from "./job-record";

/** @property jobId as in the path */
type RetryJob = RetryJobBody & { caller: Caller; context: RequestContext; jobId: string };

/**
 * Runs a failed job once more, with its audit entry: as its last attempt, so that it shows at once whether it
 * fails again. Of several people who saw the same failure, one runs it.
 * @throws Refusal PERMISSION_DENIED unless the caller reaches every organization: a job may concern any
 * @throws Refusal JOB_NOT_FOUND
 * @throws Refusal CONFLICT `job_not_failed`, `job_retried`
 */
export async function retryJob(
  db: Db,
  { caller, context, jobId, revision, reason = null }: RetryJob,
): Promise<Job> {
  if (!caller.reach.all) {
    const message =
      "Jobs may concern any organization; only people with access to all of them can run them again.";
    throw new Refusal("PERMISSION_DENIED", { message });
  }
  return db.$transaction(async (tx) => {
    const job = await getJob(tx, jobId);
    if (job.state !== "failed" && job.revision === revision) throw notFailed(job);
    const { task, attempts, max_attempts } = job;
    await writeEntry(tx, {
      caller,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "job.retried",
      target: { type: "job", id: toTarget(job.id), label: `${task} #${job.id}` },
      meta: {
        reason,
        ticket: reason && findTicket(reason, ticketSettings().pattern),
        job_id: job.id,
        task,
        attempts,
        max_attempts,
      },
    });
    const [row] = await tx.$queryRaw<{ is_done: boolean }[]>`
      SELECT retry_job(${job.id}::bigint, ${revision}::int) AS is_done`;
    if (!row!.is_done) throw retried();
    return getJob(tx, jobId);
  });
}

/** A bigint's digits. Longer ones are no job's. */
const ID = /^\d{1,18}$/;

async function getJob(db: Db, id: string): Promise<Job> {
  if (!ID.test(id)) throw new Refusal("JOB_NOT_FOUND");
  const [row] = await db.$queryRaw<JobRow[]>`SELECT * FROM queue_jobs(NULL, ${id}::bigint)`;
  if (!row) throw new Refusal("JOB_NOT_FOUND");
  return toJob(row);
}

/** As `job_target` in the database: an entry's target is a uuid. */
const toTarget = (id: string): string =>
  `00000000-0000-8000-8000-${BigInt(id).toString(16).padStart(12, "0")}`;

const STATES: Record<Exclude<Job["state"], "failed">, string> = {
  locked: "is running",
  waiting: "is about to run",
  scheduled: "is scheduled to run again",
};

const notFailed = ({ state }: Job) =>
  conflict("job_not_failed", `This job ${STATES[state as keyof typeof STATES]}, so nothing was changed.`);

const retried = () =>
  conflict(
    "job_retried",
    "Someone else has run this job again since you looked, so nothing was changed. Look at its state now.",
  );
