import type { Task, TaskList } from "graphile-worker";
import type { PrismaClient } from "@/generated/prisma/client";
import { awaitSeals } from "@/lib/audit/checkpoints/await-seals";
import { makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { createBatchTask } from "@/lib/cancellation-batches/run-batch";
import { warnOfExpiry } from "@/lib/keys/warn-of-expiry";
import { computeLatencyProfiles } from "@/lib/models/compute-latency-profiles";
import { createMailTask } from "@/lib/mail/send-mail";
import type { WorkerEnv } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log";
import { deleteOldRuns } from "@/lib/runs/delete-old-runs";
import { dropOldMonths } from "@/lib/security/drop-old-months";
import { forgetExpired } from "./forget-expired";
import { makeMonths } from "./make-months";

type TaskSettings = Pick<
  WorkerEnv,
  | "SECURITY_EVENT_MONTHS"
  | "RETAIN_RUNS_DAYS"
  | "AUDIT_SIGNING_KEYS"
  | "ENCRYPTION_KEYS"
  | "SMTP_URL"
  | "MAIL_FROM"
>;

/** The worker's tasks, by their name in the queue. */
export const createTasks = (db: PrismaClient, attemptDelivery: Task, settings: TaskSettings): TaskList => ({
  attempt_delivery: attemptDelivery,
  cancel_batch: createBatchTask(db),
  send_mail: createMailTask(settings),
  compute_envelopes: async () => {
    const models = await computeLatencyProfiles(db);
    log.debug({ models }, "latency profiles computed");
  },
  make_checkpoint: async () => {
    await awaitSeals(db);
    const made = await makeCheckpoint(db, settings.AUDIT_SIGNING_KEYS);
    if (made) log.info(made, "checkpoint signed");
  },
  forget_expired: async () => {
    const deleted = await forgetExpired(db);
    if (deleted > 0) log.info({ deleted }, "expired idempotency records deleted");
  },
  warn_key_owners: async () => {
    const warned = await warnOfExpiry(db, settings.SMTP_URL ? settings.ENCRYPTION_KEYS : null);
    if (warned > 0) log.info({ warned }, "owners warned of keys that expire");
  },
  make_months: async () => void (await makeMonths(db)),
  delete_old_runs: async (_payload, { abortSignal }) => {
    const { RETAIN_RUNS_DAYS: days } = settings;
    if (days) await deleteOldRuns(db, { days, stop: abortSignal });
  },
  drop_security_events: async () => void (await dropOldMonths(db, settings.SECURITY_EVENT_MONTHS)),
});

/** The schedule in crontab notation, in UTC. Catches up on a run missed by up to an hour. */
export const CRONTAB = [
  "*/10 * * * * forget_expired ?fill=1h&max=3",
  "*/5 * * * * compute_envelopes ?max=3",
  "10 3 * * * make_months ?fill=1d&max=25",
  "20 3 * * * drop_security_events ?fill=1d&max=25",
  "40 3 * * * delete_old_runs ?fill=1d&max=25",
  "30 6 * * * warn_key_owners ?fill=1d&max=25",
  "* * * * * make_checkpoint ?max=3",
].join("\n");
