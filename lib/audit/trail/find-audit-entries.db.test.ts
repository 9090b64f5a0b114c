import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { AuditEntry, AuditListQuery } from "@/lib/contract/audit";
import { Refusal } from "@/lib/platform/errors";
import { cancelRun } from "@/lib/runs/cancel-run";
import type { Reach } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { findAuditEntries } from "./find-audit-entries";
import { getAuditEntry } from "./get-audit-entry";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ CURSOR_SECRET: "the secret of this test, long enough" }),
}));

const database = useDatabase();
const ALL = { all: true } as Reach;
const REASONS = [
  "customer ticket #4821 - duplicate submission",
  "Stuck for an hour, 100% sure",
  "abuse, see ZD-123",
  null,
  "again #48210",
  String.raw`C:\temp_dir`,
  "Mu\u0308ller – „Dopplung“, ticket ＃48219",
  "此客户滥用了服务",
  "мошенничество \u200bс\u00a0оплатой, ZD–771",
];
let fixtures: Fixture[];
let runIds: string[];
let actorIds: string[];

beforeAll(async () => {
  const { owner, db } = database();
  fixtures = [await seedFixture(owner), await seedFixture(owner)];
  const staff = [await makeStaff(owner, "support"), await makeStaff(owner, "admin", "Ada Admin")];
  actorIds = staff.map(({ actor }) => actor.id);
  runIds = [];
  for (const [index, reason] of REASONS.entries()) {
    const runId = await makeRun(owner, fixtures[index % 2]!);
    // Only scripts may omit the reason.
    const caller = { ...staff[index % 2]!, ...(reason === null && { kind: "service" as const }) };
    await cancelRun(db, caller, { runId, reason, context: TEST_CONTEXT });
    runIds.push(runId);
  }
});

const list = (over: Record<string, unknown> = {}, reach = ALL) =>
  findAuditEntries(database().db, reach, AuditListQuery.parse(over));
const numbersOf = ({ items }: { items: AuditEntry[] }) =>
  items.map(({ target }) => runIds.indexOf(target.id));
const reachOf = (...found: Fixture[]): Reach => ({ all: false, orgIds: found.map(({ orgId }) => orgId) });

describe("audit trail", () => {
  test("newest first, in the contract's shape", async () => {
    const page = await list();
    expect(numbersOf(page)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0]);
    for (const item of page.items) expect(AuditEntry.parse(item)).toEqual(item);
    expect(page.items[8]).toMatchObject({
      actor: { type: "user", id: actorIds[0], name: "Sam Support", role: "support" },
      meta: { reason: REASONS[0], ticket: "#4821", status_before: "running", status_after: "canceled" },
      position: null,
      chain: null,
    });
  });

  test("paged forward and back, each entry once", async () => {
    const first = await list({ limit: 5 });
    const second = await list({ limit: 5, pq: first.next });
    expect([numbersOf(first), numbersOf(second)]).toEqual([
      [8, 7, 6, 5, 4],
      [3, 2, 1, 0],
    ]);
    expect([first.previous, second.next]).toEqual([null, null]);
    expect(numbersOf(await list({ limit: 5, pq: second.previous, from_prev: "true" }))).toEqual([
      8, 7, 6, 5, 4,
    ]);
    await expect(list({ limit: 5, pq: first.next, ticket: "#4821" })).rejects.toThrow(Refusal);
  });

  test.each<[Record<string, string>, number[]]>([
    [{ ticket: "#4821" }, [0]],
    [{ ticket: "4821" }, [0]],
    [{ ticket: "zd-123" }, [2]],
    [{ ticket: "48" }, []],
    [{ reason: "DUPLICATE" }, [0]],
    [{ reason: "100%" }, [1]],
    [{ reason: "10_" }, []],
    [{ reason: "mp_d" }, [5]],
    [{ reason: "me_d" }, []],
    [{ reason: String.raw`\temp` }, [5]],
    [{ action: "run.cancelled", reason: "sub" }, [0]],
    [{ reason: "müller" }, [6]],
    [{ reason: "MU\u0308LLER" }, [6]],
    [{ reason: "muller" }, [6]],
    [{ reason: 'Müller - "Dopplung"' }, [6]],
    [{ reason: "ｄｏｐｐｌｕｎｇ" }, [6]],
    [{ reason: "dop\u200bplung" }, [6]],
    [{ reason: "滥用" }, [7]],
    [{ reason: "服务" }, [7]],
    [{ reason: "用滥" }, []],
    [{ reason: "МОШЕННИЧЕСТВО с оплатой" }, [8]],
    [{ ticket: "48219" }, [6]],
    [{ ticket: "#48219\u200b" }, [6]],
    [{ ticket: "＃48219" }, [6]],
    [{ ticket: "zd-771" }, [8]],
  ])("filtered: %j", async (filter, expected) => {
    expect(numbersOf(await list(filter))).toEqual(expected);
  });

  test("filtered by actor, organization, run and time", async () => {
    expect(numbersOf(await list({ actor_id: actorIds[1] }))).toEqual([7, 5, 3, 1]);
    expect(numbersOf(await list({ org_id: fixtures[0]!.orgId.toUpperCase() }))).toEqual([8, 6, 4, 2, 0]);
    expect(numbersOf(await list({ target_id: runIds[3] }))).toEqual([3]);
    const { items } = await list();
    const [from, to] = [items[4]!.occurred_at, items[1]!.occurred_at];
    const expected = items
      .filter(({ occurred_at: at }) => at >= from && at < to)
      .map(({ target }) => runIds.indexOf(target.id));
    expect(numbersOf(await list({ from, to }))).toEqual(expected);
  });

  test("limited to the caller's reach", async () => {
    expect(numbersOf(await list({}, reachOf(fixtures[1]!)))).toEqual([7, 5, 3, 1]);
    expect(numbersOf(await list({ limit: 3 }, reachOf(...fixtures)))).toEqual([8, 7, 6]);
    expect(numbersOf(await list({ target_id: runIds[0] }, reachOf(fixtures[1]!)))).toEqual([]);
    expect(numbersOf(await list({}, reachOf()))).toEqual([]);
  });

  test("refuses text too short for the index, and text and times that the database can't store", () => {
    for (const query of [
      ...["", "z", "zq", "%", "???", "a??", "- -", "取", "\u{1f600}\u{1f600}", "zq "].map((reason) => ({
        reason,
      })),
      { reason: "a\0b" },
      { ticket: "\ud800" },
      { from: "0000-01-01" },
      { to: "2026-02-30" },
      { from: "2026-02-03 25:00" },
    ]) {
      expect(AuditListQuery.safeParse(query).success).toBe(false);
    }
  });
});

describe("audit entry", () => {
  test("the same alone as in the list", async () => {
    for (const item of (await list()).items) {
      expect(await getAuditEntry(database().db, ALL, item.id.toUpperCase())).toEqual(item);
    }
  });

  test("missing, malformed or out of reach: not found", async () => {
    const { items } = await list({ org_id: fixtures[0]!.orgId });
    for (const id of [randomUUID(), "x", "", items[0]!.id]) {
      const found = getAuditEntry(database().db, reachOf(fixtures[1]!), id);
      await expect(found).rejects.toMatchObject({ code: "AUDIT_ENTRY_NOT_FOUND" });
    }
  });
});
