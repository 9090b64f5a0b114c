import { beforeEach, describe, expect, test } from "vitest";
import { countRuns, MOST_COUNTED } from "@/lib/runs/count-runs";
import type { Caller } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { createView } from "./create-view";
import { deleteView } from "./delete-view";
import { findViews } from "./find-views";
import { MOST_OF_A_PERSON } from "./lock-views";
import { updateView } from "./update-view";

const database = useDatabase();
let [ada, ben, admin]: Caller[] = [];
let fixture: Fixture;

beforeEach(async () => {
  const { owner } = database();
  await owner.query("DELETE FROM saved_views");
  [ada, ben] = [await makeStaff(owner, "support", "Ada"), await makeStaff(owner, "auditor", "Ben")];
  admin = await makeStaff(owner, "admin", "Ida");
  fixture = await seedFixture(owner);
});

const save = (caller: Caller, name: string, scope: "own" | "team" = "own", query = "status=running") =>
  createView(database().db, { caller, context: TEST_CONTEXT, body: { name, scope, query } });
const namesFor = async (caller: Caller) => (await findViews(database().db, caller)).map(({ name }) => name);

test("views: your own and the team's, by name", async () => {
  await save(ada!, "mine");
  await save(ada!, "All stuck", "team");
  await save(ben!, "audit", "team");
  expect(await namesFor(ada!)).toEqual(["All stuck", "audit", "mine"]);
  expect(await namesFor(admin!)).toEqual(["All stuck", "audit"]);
  const seen = (await findViews(database().db, ben!)).map((view) => [view.owner.name, view.is_changeable]);
  expect(seen).toEqual([
    ["Ada", false],
    ["Ben", true],
  ]);
});

describe("view name", () => {
  test("unique per person, ignoring case; another person may use the same", async () => {
    await save(ada!, "Stuck");
    const taken = { code: "CONFLICT", options: { errors: [{ type: "view_name_taken" }] } };
    await expect(save(ada!, "sTUCK")).rejects.toMatchObject(taken);
    const other = await save(ada!, "Other");
    await expect(
      updateView(database().db, {
        caller: ada!,
        context: TEST_CONTEXT,
        viewId: other.id,
        body: { name: "stuck" },
      }),
    ).rejects.toMatchObject(taken);
    await save(ben!, "Stuck");
    expect(
      await updateView(database().db, {
        caller: ada!,
        context: TEST_CONTEXT,
        viewId: other.id,
        body: { name: "OTHER" },
      }),
    ).toMatchObject({
      name: "OTHER",
    });
  });

  test("several saves at once: one gets it", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => save(ada!, "Race")));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await namesFor(ada!)).toEqual(["Race"]);
  });
});

test("limit per person: holds for several saves at once", async () => {
  for (let n = 3; n < MOST_OF_A_PERSON; n++) await save(ada!, `view ${n}`);
  const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => save(ada!, `more ${n}`)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  const refusal = tries.find((tried) => tried.status === "rejected");
  expect(refusal?.reason).toMatchObject({ options: { errors: [{ type: "too_many_views" }] } });
  expect(await namesFor(ada!)).toHaveLength(MOST_OF_A_PERSON);
});

test("change and delete: the owner, and an admin for a team view; no one else", async () => {
  const { db } = database();
  const [own, team] = [await save(ada!, "own"), await save(ada!, "team", "team")];
  const before = await findViews(db, ada!);
  for (const act of [
    (caller: Caller, id: string) =>
      updateView(db, { caller, context: TEST_CONTEXT, viewId: id, body: { name: "x" } }),
    (caller: Caller, id: string) => deleteView(db, { caller, context: TEST_CONTEXT, viewId: id }),
  ]) {
    await expect(act(ben!, own.id)).rejects.toMatchObject({ code: "VIEW_NOT_FOUND" });
    await expect(act(admin!, own.id)).rejects.toMatchObject({ code: "VIEW_NOT_FOUND" });
    await expect(act(ben!, team.id)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
    await expect(act(ada!, "no-id")).rejects.toMatchObject({ code: "VIEW_NOT_FOUND" });
  }
  expect(await findViews(db, ada!)).toEqual(before);
  expect(
    await updateView(db, {
      caller: admin!,
      context: TEST_CONTEXT,
      viewId: team.id,
      body: { query: "status=failed" },
    }),
  ).toMatchObject({
    query: "status=failed",
    name: "team",
    owner: { name: "Ada" },
  });
  await deleteView(db, { caller: admin!, context: TEST_CONTEXT, viewId: team.id });
  await deleteView(db, { caller: ada!, context: TEST_CONTEXT, viewId: own.id });
  expect(await namesFor(ada!)).toEqual([]);
});

test("colleague's view of a customer out of reach: invisible", async () => {
  const { owner, db } = database();
  const { rows } = await owner.query<{ slug: string }>("SELECT slug FROM organizations WHERE id = $1", [
    fixture.orgId,
  ]);
  const near = { ...ben!, reach: { all: false, orgIds: [fixture.orgId] } } as const;
  const far = { ...ben!, reach: { all: false, orgIds: [] } } as const;
  const view = await save(ada!, "one customer", "team", `org=${rows[0]!.slug}`);
  await save(ada!, "everyone", "team");
  expect(await namesFor(near)).toEqual(["everyone", "one customer"]);
  expect(await namesFor(far)).toEqual(["everyone"]);
  const mighty = { ...far, permissions: admin!.permissions };
  await expect(
    deleteView(db, { caller: mighty, context: TEST_CONTEXT, viewId: view.id }),
  ).rejects.toMatchObject({ code: "VIEW_NOT_FOUND" });
});

test("count: runs in reach, up to the limit", async () => {
  const { owner, db } = database();
  await makeRun(owner, fixture);
  await makeRun(owner, fixture, { status: "failed" });
  const q = `org_id:${fixture.orgId}`;
  expect(await countRuns(db, { all: true }, q)).toEqual({ count: 2, is_more: false });
  expect(await countRuns(db, { all: true }, `${q} AND status_code:failed`)).toMatchObject({ count: 1 });
  expect(await countRuns(db, { all: false, orgIds: [] }, q)).toMatchObject({ count: 0 });
  await owner.query(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, created_at)
     SELECT org_id, model_id, model, source_code, 'queued', input, request_id || n, created_at
     FROM runs, generate_series(1, 600) n WHERE org_id = $1 AND status_code = 'running'`,
    [fixture.orgId],
  );
  expect(await countRuns(db, { all: true }, q)).toEqual({ count: MOST_COUNTED, is_more: true });
});
