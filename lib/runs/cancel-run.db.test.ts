import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createClient, type Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { makeKey } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { QUEUED_EFFECTS } from "@/test/queued-effects";
import { cancelRun } from "./cancel-run";
import { toCommandRecord, transitionRuns } from "./transition-runs";

const database = useDatabase();
let fixture: Fixture;
let people: Caller[];

beforeAll(async () => {
  const { owner } = database();
  fixture = await seedFixture(owner);
  people = await Promise.all(["Ada", "Ben", "Cleo"].map((name) => makeStaff(owner, "support", name)));
});

const makeRuns = (count: number) =>
  Promise.all(Array.from({ length: count }, () => makeRun(database().owner, fixture, { status: "queued" })));

const contextOf = (runId: string, reason: string) => ({
  ...TEST_CONTEXT,
  requestId: `req_${runId}_${reason}`,
});

const cancel = (runId: string, caller: Caller, reason = "stuck", db = database().db) =>
  db.$transaction((tx) => cancelRun(tx, caller, { runId, reason, context: contextOf(runId, reason) }));

type Entry = { target_id: string; actor_id: string; request_id: string; reason: string };

async function readEntries(runIds: string[]): Promise<Map<string, Entry>> {
  const { rows } = await database().owner.query<Entry>(
    `SELECT target_id, actor_id, request_id, meta->>'reason' AS reason FROM audit_entries
     WHERE target_id = ANY($1) AND id::text IN (SELECT audit_entry_id FROM (${QUEUED_EFFECTS}) queued)`,
    [runIds],
  );
  return new Map(rows.map((row) => [row.target_id, row]));
}

const readStatus = async (runId: string): Promise<string> =>
  (
    await database().owner.query<{ status_code: string }>("SELECT status_code FROM runs WHERE id = $1", [
      runId,
    ])
  ).rows[0]!.status_code;

/** How often this connection has read the whole table of runs. */
async function countTableScans(tx: Db): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT seq_scan::int AS count FROM pg_stat_xact_user_tables WHERE relname = 'runs'`;
  return row!.count;
}

describe("cancel run", () => {
  test("one of 20,000 runs: found by the index, not by reading them all", async () => {
    const { owner, db } = database();
    const [runId] = await makeRuns(1);
    await owner.query(
      `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_by, created_at)
       SELECT org_id, model_id, model, source_code, status_code, input, request_id, created_by, created_at
       FROM runs, generate_series(1, 20000) WHERE id = $1`,
      [runId],
    );
    await owner.query("ANALYZE runs");
    const scans = await db.$transaction(async (tx) => {
      const before = await countTableScans(tx);
      await cancelRun(tx, people[0]!, {
        runId: runId!,
        reason: "stuck",
        context: contextOf(runId!, "stuck"),
      });
      const after = await countTableScans(tx);
      await tx.$queryRaw`SELECT count(*)::int FROM runs`;
      return { byCancel: after - before, byCount: (await countTableScans(tx)) - after };
    });
    // The count shows that scans are noticed.
    expect(scans).toEqual({ byCancel: 0, byCount: expect.toSatisfy((count: number) => count > 0) });
    expect(await readStatus(runId!)).toBe("canceled");
  });

  test("run locked by someone else: refused, unchanged, and other runs can still be canceled", async () => {
    const [locked, free] = await makeRuns(2);
    const holder = await database().owner.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM runs WHERE id = $1 FOR UPDATE", [locked]);
    const refused = cancel(locked!, people[0]!).catch((error: unknown) => error);
    const alone = cancelRun(database().db, people[1]!, {
      runId: locked!,
      reason: "stuck",
      context: contextOf(locked!, "alone"),
    }).catch((error: unknown) => error);
    expect((await cancel(free!, people[0]!)).outcome).toBe("transitioned");
    for (const refusal of [await refused, await alone])
      expect(refusal).toMatchObject({
        code: "SERVICE_UNAVAILABLE",
        message: "Someone else is changing this run, so nothing was changed. Try again.",
        options: { headers: { "Retry-After": expect.any(String) } },
      });
    await holder.query("COMMIT");
    holder.release();
    expect(await readStatus(locked!)).toBe("queued");
    expect((await cancel(locked!, people[0]!)).outcome).toBe("transitioned");
  });

  test("many callers, one run: one cancels it, the others change nothing", async () => {
    const [runId] = await makeRuns(1);
    const callers = people.flatMap((caller) => Array.from({ length: 8 }, () => caller));
    const answers = await Promise.all(callers.map((caller) => cancel(runId!, caller)));
    const winners = callers.filter((_, index) => answers[index]!.outcome === "transitioned");
    expect(winners).toHaveLength(1);
    expect(answers.map(({ run }) => run.status_code)).toEqual(callers.map(() => "canceled"));
    expect((await readEntries([runId!])).get(runId!)?.actor_id).toBe(winners[0]!.person.id);
  });

  test("two processes in opposite orders: cancel each run once, and its entry names the winner", async () => {
    const other = createClient({ url: database().appUrl, poolSize: 5 });
    try {
      const runIds = await makeRuns(40);
      const answers = await Promise.all([
        ...runIds.map((runId) => cancel(runId, people[0]!, "one")),
        ...runIds.toReversed().map((runId) => cancel(runId, people[1]!, "two", other)),
      ]);
      expect(answers.filter(({ outcome }) => outcome === "transitioned")).toHaveLength(40);
      const entries = await readEntries(runIds);
      for (const [index, runId] of runIds.entries()) {
        const winner = answers[index]!.outcome === "transitioned" ? "one" : "two";
        expect(entries.get(runId)).toMatchObject({ reason: winner, request_id: `req_${runId}_${winner}` });
      }
    } finally {
      await other.$disconnect();
    }
  });

  test("run locked briefly by another transaction: waits, then cancels", async () => {
    const [held] = await makeRuns(1);
    const holder = await database().owner.connect();
    try {
      await holder.query("BEGIN");
      await holder.query("SELECT FROM runs WHERE id = $1 FOR UPDATE", [held]);
      const waiting = cancel(held!, people[0]!);
      const isWaiting = async () =>
        (await database().owner.query("SELECT FROM pg_locks WHERE NOT granted")).rowCount;
      await expect.poll(isWaiting).toBeGreaterThan(0);
      await holder.query("COMMIT");
      expect((await waiting).outcome).toBe("transitioned");
    } finally {
      holder.release();
    }
  });

  test("transaction rolled back: no transition, no entry", async () => {
    const [runId] = await makeRuns(1);
    const command = { runId: runId!, reason: "stuck", context: TEST_CONTEXT };
    const work = database().db.$transaction(async (tx) => {
      expect((await cancelRun(tx, people[0]!, command)).outcome).toBe("transitioned");
      throw new Error("rolled back");
    });
    await expect(work).rejects.toThrow("rolled back");
    expect(await readStatus(runId!)).toBe("queued");
    expect((await readEntries([runId!])).size).toBe(0);
  });

  test.each([
    ["unknown", async () => randomUUID(), "RUN_NOT_FOUND"],
    ["not a uuid", async () => "run-1", "RUN_NOT_FOUND"],
    ["one's own", () => makeRun(database().owner, fixture, { createdBy: people[0]!.person.id }), "CONFLICT"],
  ])("%s: refused, and nothing changes", async (_name, makeOne, code) => {
    const runId = await makeOne();
    await expect(cancel(runId, people[0]!)).rejects.toMatchObject({ code });
    if (code === "CONFLICT") expect(await readStatus(runId)).toBe("running");
    expect(
      (await database().owner.query("SELECT FROM audit_entries WHERE target_id::text = $1", [runId]))
        .rowCount,
    ).toBe(0);
  });

  test("of a key that one made: refused, alone, in a set and with a key that one made; a second person may", async () => {
    const { owner, db } = database();
    const [maker, second] = [people[0]!, people[1]!];
    const { id: apiKeyId } = await makeKey(owner, {
      ownerId: fixture.customer.person.id,
      orgId: fixture.orgId,
      madeBy: maker.person.id,
    });
    const runId = await makeRun(owner, fixture, { apiKeyId });
    const { text } = await makeKey(owner, { ownerId: second.person.id, madeBy: maker.person.id });
    const key = (await findKeyCaller(db, text))!;
    const made = await makeRun(owner, fixture, { createdBy: maker.person.id });
    const refused = { code: "CONFLICT", options: { errors: [{ type: "self_action_forbidden" }] } };
    for (const caller of [maker, key]) {
      await expect(cancel(runId, caller)).rejects.toMatchObject(refused);
      const command = { caller, reason: "stuck", context: contextOf(runId, "set") };
      expect(await transitionRuns(db, [{ ...toCommandRecord(command), run_ids: [runId, made] }])).toEqual([]);
    }
    await expect(cancel(made, key)).rejects.toMatchObject(refused);
    expect(await readStatus(runId)).toBe("running");
    const outcomes = await Promise.allSettled(
      [maker, second, key, maker, second].map((caller) => cancel(runId, caller)),
    );
    const changed = outcomes.filter(
      (each) => each.status === "fulfilled" && each.value.outcome === "transitioned",
    );
    expect(changed).toHaveLength(1);
    expect((await readEntries([runId])).get(runId)?.actor_id).toBe(second.person.id);
  });

  test("out of reach: refused as not found, and nothing changes", async () => {
    const [runId] = await makeRuns(1);
    const stranger: Caller = { ...people[0]!, reach: { all: false, orgIds: [randomUUID()] } };
    await expect(cancel(runId!, stranger)).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
    expect(await readStatus(runId!)).toBe("queued");
  });
});

describe("transition runs", () => {
  test("set of runs: each gets its own entry, and those that can't be canceled stay unchanged", async () => {
    const runIds = await makeRuns(50);
    const [ended] = await makeRuns(1);
    await cancel(ended!, people[2]!);
    const own = await makeRun(database().owner, fixture, { createdBy: people[0]!.person.id });
    const commands = [...runIds, ended!, own, randomUUID()].map((runId, index) => {
      const caller = runId === own ? people[0]! : people[index % 2]!;
      const reason = `reason ${index}`;
      return { caller, runId, reason, context: contextOf(runId, reason) };
    });
    const rows = await transitionRuns(
      database().db,
      commands.map(({ runId, ...command }) => ({ ...toCommandRecord(command), run_ids: [runId] })),
    );
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(runIds));
    const entries = await readEntries(runIds);
    for (const { runId, caller, reason } of commands.slice(0, 50)) {
      const request_id = `req_${runId}_${reason}`;
      expect(entries.get(runId)).toEqual({
        target_id: runId,
        actor_id: caller.person.id,
        request_id,
        reason,
      });
    }
    expect(await readStatus(own)).toBe("running");
  });
});
