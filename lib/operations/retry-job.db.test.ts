import { beforeAll, expect, test } from "vitest";
import { createClient } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { Caller } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { type Fixture, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { lockJob, makeFailedJob, readJob } from "@/test/jobs";
import { retryJob } from "./retry-job";

const database = useDatabase();
let fixture: Fixture;
let caller: Caller;
beforeAll(async () => {
  fixture = await seedFixture(database().owner);
  caller = await makeStaff(database().owner, "admin");
});

const retry = (job: { id: string; revision: number }, by = caller, reason: string | null = null) =>
  retryJob(database().db, {
    caller: by,
    context: TEST_CONTEXT,
    jobId: job.id,
    revision: job.revision,
    reason,
  });

const entriesOf = async (id: string) => {
  const { rows } = await database().owner.query<{ actor_id: string; meta: object }>(
    "SELECT actor_id, meta FROM audit_entries WHERE action = 'job.retried' AND meta ->> 'job_id' = $1",
    [id],
  );
  return rows;
};

const refusal = (type: string) => ({ code: "CONFLICT", options: { errors: [{ type }] } });

test("failed job: due now for one more attempt, with an entry", async () => {
  const job = await makeFailedJob(database().owner);
  const answer = await retry(job, caller, "Ticket #4821: the disk was full");
  expect(answer).toMatchObject({ id: job.id, state: "waiting", attempts: 2, max_attempts: 3, revision: 1 });
  expect(await readJob(database().owner, job.id)).toEqual({ attempts: 2, revision: 1, is_due: true });
  const meta = {
    task: "make_months",
    attempts: 3,
    reason: "Ticket #4821: the disk was full",
    ticket: "#4821",
  };
  expect(await entriesOf(job.id)).toMatchObject([{ actor_id: caller.actor.id, meta }]);
});

test.each([
  ["running", (id: string) => lockJob(database().owner, id)],
  [
    "waiting",
    (id: string) =>
      database().owner.query(
        "UPDATE graphile_worker._private_jobs SET attempts = 0, run_at = now() - interval '1 s' WHERE id = $1",
        [id],
      ),
  ],
  [
    "scheduled",
    (id: string) =>
      database().owner.query("UPDATE graphile_worker._private_jobs SET attempts = 1 WHERE id = $1", [id]),
  ],
])("job that is %s: refused, and nothing changes", async (_state, change) => {
  const job = await makeFailedJob(database().owner);
  await change(job.id);
  const before = await readJob(database().owner, job.id);
  await expect(retry(job)).rejects.toMatchObject(refusal("job_not_failed"));
  expect(await readJob(database().owner, job.id)).toEqual(before);
  expect(await entriesOf(job.id)).toEqual([]);
});

test.each(["999999999", "x", "-1", "99999999999999999999"])("no job %s: not found", async (id) => {
  await expect(retry({ id, revision: 0 })).rejects.toMatchObject({ code: "JOB_NOT_FOUND" });
});

test("caller with some organizations only: refused, and nothing changes", async () => {
  const job = await makeFailedJob(database().owner);
  const before = await readJob(database().owner, job.id);
  const confined: Caller = { ...caller, reach: { all: false, orgIds: [fixture.orgId] } };
  await expect(retry(job, confined)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(await readJob(database().owner, job.id)).toEqual(before);
});

/** Several clients, as several web servers have. */
async function runAtOnce(
  job: { id: string; revision: number },
  callers: number,
): Promise<PromiseSettledResult<unknown>[]> {
  const clients = [1, 2, 3, 4].map(() => createClient({ url: database().appUrl, poolSize: 4 }));
  try {
    return await Promise.allSettled(
      Array.from({ length: callers }, (_each, index) =>
        retryJob(clients[index % clients.length]!, {
          caller,
          context: TEST_CONTEXT,
          jobId: job.id,
          revision: job.revision,
        }),
      ),
    );
  } finally {
    await Promise.all(clients.map((client) => client.$disconnect()));
  }
}
const winners = (results: PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === "fulfilled").length;

test("16 people at once: one runs it again, the others learn that they were not first", async () => {
  const job = await makeFailedJob(database().owner);
  const results = await runAtOnce(job, 16);
  expect(winners(results)).toBe(1);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject(refusal("job_retried"));
  expect(await readJob(database().owner, job.id)).toMatchObject({ attempts: 2, revision: 1 });
  expect(await entriesOf(job.id)).toHaveLength(1);
});

test("job that failed again since: needs another look, so a late second person runs nothing", async () => {
  const job = await makeFailedJob(database().owner);
  await retry(job);
  await database().owner.query("UPDATE graphile_worker._private_jobs SET attempts = 3 WHERE id = $1", [
    job.id,
  ]);
  await expect(retry(job)).rejects.toMatchObject(refusal("job_retried"));
  await retry({ ...job, revision: 1 });
  expect(await entriesOf(job.id)).toHaveLength(2);
});

test("without its guard, the statement would let several people run it: the test can fail", async () => {
  const { owner } = database();
  const { rows } = await owner.query<{ source: string }>(
    "SELECT pg_get_functiondef('retry_job'::regproc) AS source",
  );
  const { source } = rows[0]!;
  const guard = "AND j.revision = seen AND j.locked_at IS NULL AND j.attempts >= j.max_attempts";
  expect(source).toContain(guard);
  await owner.query(source.replace(guard, ""));
  try {
    const job = await makeFailedJob(owner);
    expect(winners(await runAtOnce(job, 16))).toBeGreaterThan(1);
  } finally {
    await owner.query(source);
  }
});

test("rollback after it: the job stays failed, without an entry", async () => {
  const job = await makeFailedJob(database().owner);
  const before = await readJob(database().owner, job.id);
  const fail = database().db.$transaction(async (tx) => {
    await retryJob(tx, { caller, context: TEST_CONTEXT, jobId: job.id, revision: 0 });
    throw new Refusal("INTERNAL_ERROR");
  });
  await expect(fail).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
  expect(await readJob(database().owner, job.id)).toEqual(before);
  expect(await entriesOf(job.id)).toEqual([]);
});

test("database: runs no job again without an entry, and takes no entry without it", async () => {
  const job = await makeFailedJob(database().owner);
  await expect(database().app.query("SELECT retry_job($1, 0)", [job.id])).rejects.toMatchObject({
    constraint: "jobs_retried_with_entry",
  });
  const write = database().app.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     VALUES ('00000000-0000-0000-0000-000000000000', 'job.retried', now(), 'user', $2, 'x', 'job', job_target($1), 'x', 'api',
       'req_x', jsonb_build_object('reason', NULL, 'ticket', NULL, 'job_id', $1::text))`,
    [job.id, caller.actor.id],
  );
  await expect(write).rejects.toMatchObject({ constraint: "audit_entries_with_retry" });
  await expect(database().worker.query("SELECT retry_job($1, 0)", [job.id])).rejects.toMatchObject({
    code: "42501",
  });
});
