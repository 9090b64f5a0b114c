import { expect, test, vi } from "vitest";
import { JobListQuery } from "@/lib/contract/jobs";
import { useDatabase } from "@/test/database";
import { lockJob, makeFailedJob } from "@/test/jobs";
import { findJobs } from "./find-jobs";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ CURSOR_SECRET: "the secret of this test, long enough" }),
}));

const database = useDatabase();

test("failed and locked jobs: newest first, by pages, without values in errors", async () => {
  const { owner, db } = database();
  const error = "550 <ada@example.com> refused\n    at stack";
  const made = [];
  for (let n = 0; n < 5; n++) made.push((await makeFailedJob(owner, { error })).id);
  const running = await makeFailedJob(owner);
  await lockJob(owner, running.id);
  await owner.query(
    "INSERT INTO worker_heartbeats (id, process, beat_at) VALUES ('worker-x', 'host-1:42', now())",
  );

  const seen = [];
  for (let pq: string | undefined, turn = 0; turn < 3; turn++) {
    const page = await findJobs(db, JobListQuery.parse({ limit: "2", ...(pq && { pq }) }));
    seen.push(...page.items);
    pq = page.next ?? undefined;
  }
  expect(seen.map(({ id }) => id)).toEqual(made.toReversed());
  expect(seen[0]).toMatchObject({ state: "failed", task: "make_months", error: "550 <(email)> refused" });
  const age = Date.now() - Date.parse(seen[0]!.failed_at!);
  expect(age).toBeGreaterThan(-5_000);
  expect(age).toBeLessThan(60_000);

  const { items } = await findJobs(db, JobListQuery.parse({ state: "locked" }));
  expect(items).toMatchObject([{ id: running.id, state: "locked", locked_by: "host-1:42", failed_at: null }]);
});

test("cursor of the other state: refused", async () => {
  const { next } = await findJobs(database().db, JobListQuery.parse({ limit: "1" }));
  const other = findJobs(database().db, JobListQuery.parse({ state: "locked", pq: next! }));
  await expect(other).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
});
