import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createClient } from "@/lib/db/client";
import type { Caller } from "@/lib/identity/caller";
import { useDatabase } from "@/lib/testing/database";
import { QUEUED_EFFECTS } from "@/lib/testing/queued-effects";
import { makeRun, makeScene, makeStaff, type Scene, TEST_CONTEXT } from "@/lib/testing/scene";
import { cancelRun } from "./cancel-run";

const database = useDatabase();
let scene: Scene;
let people: Caller[];

beforeAll(async () => {
  const { owner } = database();
  scene = await makeScene(owner);
  people = await Promise.all(
    ["Ada", "Ben", "Cleo", "Dan", "Eve"].map((name) => makeStaff(owner, "support", name)),
  );
});

const makeRuns = (count: number) =>
  Promise.all(Array.from({ length: count }, () => makeRun(database().owner, scene, { status: "queued" })));

const cancel = (runId: string, caller: Caller, reason = "stuck", db = database().db) =>
  cancelRun(db, caller, { runId, reason, context: { ...TEST_CONTEXT, requestId: `req_${runId}_${reason}` } });

type Entry = { target_id: string; actor_id: string; actor_name: string; request_id: string; reason: string };
async function readEntries(runIds: string[]): Promise<Map<string, Entry>> {
  const { rows } = await database().owner.query<Entry>(
    `SELECT target_id, actor_id, actor_name, request_id, meta->>'reason' AS reason FROM audit_entries
     WHERE target_id = ANY($1)`,
    [runIds],
  );
  expect(rows).toHaveLength(runIds.length);
  return new Map(rows.map((row) => [row.target_id, row]));
}

describe("cancels that reach a process together", () => {
  test("each get the answer and the entry of their own: who, why and which request", async () => {
    const runIds = await makeRuns(300);
    const asked = runIds.map((runId, index) => ({
      runId,
      caller: people[index % 5]!,
      reason: `reason ${randomUUID()}`,
    }));
    const answers = await Promise.all(
      asked.map(({ runId, caller, reason }) => cancel(runId, caller, reason)),
    );
    expect(answers.map(({ outcome, run }) => [outcome, run.id, run.status_code])).toEqual(
      runIds.map((id) => ["transitioned", id, "canceled"]),
    );
    const entries = await readEntries(runIds);
    for (const { runId, caller, reason } of asked) {
      const { id: actor_id, name: actor_name } = caller.person;
      expect(entries.get(runId)).toEqual({
        target_id: runId,
        actor_id,
        actor_name,
        request_id: `req_${runId}_${reason}`,
        reason,
      });
    }
    const jobs = await database().owner.query(`SELECT DISTINCT run_id FROM (${QUEUED_EFFECTS}) queued`);
    expect(jobs.rowCount).toBe(300);
  });

  test("about one run: one cancels it, and the others are told so", async () => {
    const [runId] = await makeRuns(1);
    const answers = await Promise.all(
      people.flatMap((caller) => [1, 2, 3, 4].map(() => cancel(runId!, caller))),
    );
    expect(answers.filter(({ outcome }) => outcome === "transitioned")).toHaveLength(1);
    await readEntries([runId!]);
  });

  test("one that is not found, one that has ended and one of one's own don't touch the others", async () => {
    const { owner } = database();
    const [mine, ended, ...others] = await makeRuns(6);
    await owner.query("UPDATE runs SET created_by = $2 WHERE id = $1", [mine, people[0]!.person.id]);
    await cancel(ended!, people[1]!);
    const results = await Promise.allSettled(
      [randomUUID(), mine!, ended!, ...others].map((runId) => cancel(runId, people[0]!)),
    );
    expect(
      results.map((result) => (result.status === "fulfilled" ? result.value.outcome : result.reason.code)),
    ).toEqual(["RUN_NOT_FOUND", "CONFLICT", "unchanged", ...others.map(() => "transitioned")]);
  });

  test("one whose run another transaction holds waits alone", async () => {
    const [held, ...others] = await makeRuns(5);
    const holder = await database().owner.connect();
    try {
      await holder.query("BEGIN");
      await holder.query("SELECT FROM runs WHERE id = $1 FOR UPDATE", [held]);
      const waiting = cancel(held!, people[0]!);
      const answers = await Promise.all(others.map((runId) => cancel(runId, people[1]!)));
      expect(answers.every(({ outcome }) => outcome === "transitioned")).toBe(true);
      await readEntries(others);
      const first = await Promise.race([
        waiting.then(() => "answered"),
        database()
          .owner.query("SELECT")
          .then(() => "waits"),
      ]);
      expect(first).toBe("waits");
      await holder.query("COMMIT");
      expect((await waiting).outcome).toBe("transitioned");
    } finally {
      holder.release();
    }
  });

  test("one that PostgreSQL refuses fails alone", async () => {
    const { owner } = database();
    const [poisoned, ...others] = await makeRuns(5);
    await owner.query(`
      CREATE FUNCTION refuse_poisoned() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'poisoned'; END $$;
      CREATE TRIGGER refuse_poisoned BEFORE UPDATE ON runs FOR EACH ROW WHEN (OLD.id = '${poisoned}')
        EXECUTE FUNCTION refuse_poisoned();`);
    const results = await Promise.allSettled(
      [poisoned!, ...others].map((runId) => cancel(runId, people[0]!)),
    );
    expect(results.map(({ status }) => status)).toEqual(["rejected", ...others.map(() => "fulfilled")]);
    await readEntries(others);
    await owner.query("DROP TRIGGER refuse_poisoned ON runs");
  });

  test("from two processes, in opposite orders, are each done once and by nobody twice", async () => {
    const { owner, appUrl, db } = database();
    const other = createClient({ url: appUrl, poolSize: 5 });
    try {
      for (let round = 1; round <= 10; round++) {
        const runIds = await makeRuns(40);
        const answers = await Promise.all([
          ...runIds.map((runId) => cancel(runId, people[0]!, "one", db)),
          ...runIds.toReversed().map((runId) => cancel(runId, people[1]!, "two", other)),
        ]);
        expect(answers.filter(({ outcome }) => outcome === "transitioned")).toHaveLength(40);
        const entries = await readEntries(runIds);
        for (const [index, runId] of runIds.entries()) {
          const isFirst = answers[index]!.outcome === "transitioned";
          expect(entries.get(runId)!.reason).toBe(isFirst ? "one" : "two");
        }
      }
    } finally {
      await other.$disconnect();
    }
    expect(
      (await owner.query("SELECT FROM runs WHERE status_code = 'canceled' AND completed_at IS NULL"))
        .rowCount,
    ).toBe(0);
  });
});
