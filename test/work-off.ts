import { createAttemptTask } from "@/lib/deliveries/attempt-delivery";
import type { TestDatabase } from "./database";
import { runDueJobs } from "./run-due-jobs";
import { TEST_ENCRYPTION_KEY } from "./server";

/** Attempt options under test. */
export const ATTEMPT_OPTIONS = {
  encryptionKeys: [TEST_ENCRYPTION_KEY],
  rules: { allowPrivate: true, ports: [443] },
};

const IS_DUE = `
  SELECT FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE t.identifier = 'attempt_delivery' AND j.is_available AND j.run_at <= now() LIMIT 1`;

/** Makes all due attempts as the worker's role, in this process, until none is left. */
export async function workOff(
  { owner, workerUrl }: TestDatabase,
  options: { timeoutMs?: number } = {},
): Promise<void> {
  const { task, close } = createAttemptTask({ ...ATTEMPT_OPTIONS, ...options });
  // A pass ends when it finds nothing, but a named queue is free again only a moment after its job.
  while ((await owner.query(IS_DUE)).rowCount !== 0) {
    await runDueJobs(workerUrl, { attempt_delivery: task });
  }
  await close();
}
