import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { cancelChunk } from "@/lib/cancellation-batches/cancel-chunk";
import { planBatch } from "@/lib/cancellation-batches/plan-batch";
import { retryBatch } from "@/lib/cancellation-batches/retry-batch";
import { startBatch } from "@/lib/cancellation-batches/start-batch";
import type { Approval, RequestApprovalBody } from "@/lib/contract/approvals";
import { protectOrganization } from "@/lib/organizations/protect-organization";
import { disablePerson } from "@/lib/people/disable-person";
import { enablePerson } from "@/lib/people/enable-person";
import { invitePerson } from "@/lib/people/invite-person";
import { setPassword } from "@/lib/people/set-password";
import { updatePerson } from "@/lib/people/update-person";
import { Refusal } from "@/lib/platform/errors";
import { cancelRun } from "@/lib/runs/cancel-run";
import type { Caller } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { type Fixture, makeRun, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { decideApproval } from "./decide-approval";
import { getApproval } from "./get-approval";
import { requestApproval } from "./request-approval";
import { withdrawApproval } from "./withdraw-approval";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ PASSWORD_SIGN_IN: "on", NEXTAUTH_URL: "https://console.example" }),
}));

const database = useDatabase();
const context = TEST_CONTEXT;
const reason = "Ticket #4821: stuck";
let fixture: Fixture;
let ada: Caller;
let ben: Caller;

beforeAll(async () => {
  const { owner } = database();
  [ada, ben] = [await makeStaff(owner, "admin", "Ada"), await makeStaff(owner, "admin", "Ben")];
});
afterEach(() => {
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  fixture = await seedFixture(database().owner);
  await database().owner.query("UPDATE organizations SET is_protected = true WHERE id = $1", [fixture.orgId]);
});

const ask = (body: object, caller = ada) =>
  requestApproval(database().db, { caller, context, body: { reason, ...body } as RequestApprovalBody });
const askToCancel = (runId: string, caller = ada) => ask({ kind: "run.cancel", run_id: runId }, caller);
const decide = ({ id }: Approval, caller = ben, decision: "approved" | "refused" = "approved") =>
  decideApproval(database().db, { caller, context, id, decision, note: null });
const cancel = (runId: string, caller = ada) => cancelRun(database().db, caller, { runId, reason, context });
const read = (id: string) => getApproval(database().db, ada, id);
const refusedWith = (type: string) =>
  expect.objectContaining({
    options: expect.objectContaining({ errors: [expect.objectContaining({ type })] }),
  });
const entriesAbout = async (id: string) =>
  (
    await database().owner.query<{ action: string; actor_id: string; meta: Record<string, unknown> }>(
      "SELECT action, actor_id, meta FROM audit_entries WHERE target_id = $1 ORDER BY id",
      [id],
    )
  ).rows;

test("run of a protected customer: canceled once, by its requester, after a second person's approval", async () => {
  const { owner } = database();
  const [run, other] = [await makeRun(owner, fixture), await makeRun(owner, fixture)];
  await expect(cancel(run)).rejects.toEqual(refusedWith("approval_required"));
  const asked = await askToCancel(run);
  expect(asked).toMatchObject({ state: "pending", target: { id: run }, org_ids: [fixture.orgId] });
  await expect(askToCancel(run)).rejects.toEqual(refusedWith("approval_pending"));
  await expect(cancel(run)).rejects.toEqual(refusedWith("approval_required"));
  expect(await decide(asked)).toMatchObject({ state: "approved", decided_by: { id: ben.person.id } });

  // Neither another run nor another person may use it.
  await expect(cancel(other)).rejects.toEqual(refusedWith("approval_required"));
  await expect(cancel(run, ben)).rejects.toEqual(refusedWith("approval_required"));
  expect(await cancel(run)).toMatchObject({ outcome: "transitioned" });
  expect(await read(asked.id)).toMatchObject({ state: "used" });
  const { name, email } = ben.person;
  expect(await entriesAbout(run)).toEqual([
    {
      action: "run.cancelled",
      actor_id: ada.person.id,
      meta: expect.objectContaining({
        reason,
        approval: { id: asked.id, by: { id: ben.person.id, name, email } },
      }),
    },
  ]);
  expect(await entriesAbout(asked.id)).toMatchObject([
    {
      action: "approval.requested",
      actor_id: ada.person.id,
      meta: { reason, kind: "run.cancel", subject: run },
    },
    { action: "approval.approved", actor_id: ben.person.id, meta: { requester: { id: ada.person.id } } },
  ]);
  expect(await cancel(run)).toMatchObject({ outcome: "unchanged" });
});

test("run of an unprotected customer: needs no approval", async () => {
  const free = await seedFixture(database().owner);
  const run = await makeRun(database().owner, free);
  await expect(askToCancel(run)).rejects.toEqual(refusedWith("approval_not_required"));
  expect(await cancel(run)).toMatchObject({ outcome: "transitioned" });
});

test("requester, and a person without the permission or the reach: can't decide", async () => {
  const { owner, db } = database();
  const asked = await askToCancel(await makeRun(owner, fixture));
  await expect(decide(asked, ada)).rejects.toEqual(refusedWith("self_action_forbidden"));
  const auditor = await makeStaff(owner, "auditor");
  await expect(decide(asked, auditor)).rejects.toEqual(refusedWith("permission_required"));
  const afar: Caller = { ...ben, reach: { all: false, orgIds: [randomUUID()] } };
  await expect(decide(asked, afar)).rejects.toThrow(new Refusal("APPROVAL_NOT_FOUND"));
  await expect(withdrawApproval(db, { caller: ben, context, id: asked.id })).rejects.toEqual(
    refusedWith("not_your_request"),
  );
  expect(await read(asked.id)).toMatchObject({ state: "pending", decided_by: null });
});

test("the database refuses a decision by the requester, and any change after a refusal", async () => {
  const { owner } = database();
  const asked = await askToCancel(await makeRun(owner, fixture));
  const decideBySql = (decider: Caller, decision: string) =>
    owner.query(
      `UPDATE approvals SET decision = $3, decider_id = $2, decider = '{}', decided_at = now() WHERE id = $1`,
      [asked.id, decider.person.id, decision],
    );
  await expect(decideBySql(ada, "approved")).rejects.toThrow("approvals_second_person");
  await decide(asked, ben, "refused");
  await expect(decideBySql(ben, "approved")).rejects.toThrow("is final");
});

test("a run's entry without an approval: refused by the database", async () => {
  const { owner, app } = database();
  const run = await makeRun(owner, fixture);
  const forge = (approval: string | null) =>
    app.query(
      `WITH r AS (UPDATE runs SET status_code = 'canceled', completed_at = date_trunc('milliseconds', now()), duration_ms = 1
         WHERE id = $1 RETURNING *)
       INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
         target_label, source, request_id, meta)
       SELECT org_id, 'run.cancelled', completed_at, 'user', $2, 'Ada', 'run', id, model, 'api', 'req_test',
         jsonb_build_object('reason', 'forged', 'ticket', null, 'status_before', 'running', 'status_after', 'canceled',
           'approval', jsonb_build_object('id', $3::text)) FROM r`,
      [run, ada.person.id, approval],
    );
  await expect(forge(null)).rejects.toThrow("was canceled without an approval");
  const asked = await askToCancel(run);
  await decide(asked);
  await expect(forge(asked.id)).rejects.toThrow("was canceled without an approval");
  expect(await cancel(run)).toMatchObject({ outcome: "transitioned" });
});

test("sixteen decisions and withdrawals at once: one takes effect, with one entry", async () => {
  const { owner, db } = database();
  const deciders = await Promise.all(Array.from({ length: 4 }, () => makeStaff(owner, "support")));
  for (let round = 0; round < 5; round++) {
    const asked = await askToCancel(await makeRun(owner, fixture));
    const attempts = [
      ...deciders.flatMap((caller) => [
        decide(asked, caller, "approved"),
        decide(asked, caller, "refused"),
        decide(asked, caller, "approved"),
      ]),
      ...Array.from({ length: 4 }, () => withdrawApproval(db, { caller: ada, context, id: asked.id })),
    ];
    const outcomes = await Promise.allSettled(attempts);
    const won = outcomes.filter(({ status }) => status === "fulfilled");
    const { state } = await read(asked.id);
    const actions = (await entriesAbout(asked.id)).map(({ action }) => action);
    // The requester may take back an approval too, after the decision.
    expect(won).toHaveLength(actions.length - 1);
    expect([
      ["approval.requested", "approval.approved"],
      ["approval.requested", "approval.refused"],
      ["approval.requested", "approval.withdrawn"],
      ["approval.requested", "approval.approved", "approval.withdrawn"],
    ]).toContainEqual(actions);
    expect(actions.at(-1)).toBe(`approval.${state}`);
  }
});

test("twelve uses of one approval at once: one changes something, and the approval is used once", async () => {
  const { owner, db } = database();
  const asked = await ask({ kind: "organization.unprotect", organization_id: fixture.orgId });
  await decide(asked);
  const use = () =>
    protectOrganization(db, {
      caller: ada,
      context,
      organizationId: fixture.orgId,
      reason,
      isProtected: false,
    });
  const outcomes = await Promise.all(Array.from({ length: 12 }, use));
  expect(outcomes.filter(({ outcome }) => outcome === "transitioned")).toHaveLength(1);
  expect(await read(asked.id)).toMatchObject({ state: "used" });
  expect((await entriesAbout(fixture.orgId)).map(({ action }) => action)).toEqual([
    "organization.unprotected",
  ]);

  await owner.query("UPDATE organizations SET is_protected = true WHERE id = $1", [fixture.orgId]);
  await expect(use()).rejects.toEqual(refusedWith("approval_required"));
});

test("approval that has expired, was withdrawn, or whose approver was disabled: can't be used", async () => {
  const { owner, db } = database();
  const approved = async (decider = ben) => {
    const run = await makeRun(owner, fixture);
    const asked = await askToCancel(run);
    await decide(asked, decider);
    return { run, asked };
  };
  const late = await approved();
  await owner.query("UPDATE approvals SET expires_at = now() WHERE id = $1", [late.asked.id]);
  expect(await read(late.asked.id)).toMatchObject({ state: "expired" });
  const taken = await approved();
  await withdrawApproval(db, { caller: ada, context, id: taken.asked.id });
  const gone = await makeStaff(owner, "support");
  const left = await approved(gone);
  await disablePerson(db, { caller: ben, context, personId: gone.person.id, reason });
  for (const { run } of [late, taken, left])
    await expect(cancel(run)).rejects.toEqual(refusedWith("approval_required"));
  const control = await approved();
  expect(await cancel(control.run)).toMatchObject({ outcome: "transitioned" });

  const waiting = await askToCancel(late.run);
  await owner.query("UPDATE approvals SET expires_at = now() WHERE id = $1", [waiting.id]);
  await expect(decide(waiting)).rejects.toEqual(refusedWith("approval_settled"));
});

test("plan with runs of a protected customer: started with an approval for at least as many runs", async () => {
  const { owner, db } = database();
  const ids = [await makeRun(owner, fixture), await makeRun(owner, fixture)];
  const plan = await planBatch(db, { caller: ada, context, body: { reason, run_ids: ids } });
  const start = (expectedCount: number) =>
    startBatch(db, { caller: ada, context, id: plan.id, expectedCount });
  await expect(start(2)).rejects.toEqual(refusedWith("approval_required"));
  const asked = await ask({ kind: "batch.start", batch_id: plan.id });
  expect(asked).toMatchObject({ target: { label: "2 runs" }, detail: { runs: 2 } });
  await decide(asked);
  await owner.query("UPDATE approvals SET detail = '{\"runs\": 1}' WHERE id = $1", [asked.id]);
  await expect(start(2)).rejects.toEqual(refusedWith("approval_required"));
  await owner.query("UPDATE approvals SET detail = '{\"runs\": 3}' WHERE id = $1", [asked.id]);
  expect(await start(2)).toMatchObject({ state: "running" });
  expect((await entriesAbout(plan.id)).at(-1)).toMatchObject({
    action: "batch.started",
    meta: { approval: { id: asked.id } },
  });
});

test("plan above the limit: needs an approval, also for unprotected customers", async () => {
  const { owner, db } = database();
  const free = await seedFixture(owner);
  const ids = await Promise.all([1, 2, 3].map(() => makeRun(owner, free)));
  const plan = await planBatch(db, { caller: ada, context, body: { reason, run_ids: ids } });
  const start = () => startBatch(db, { caller: ada, context, id: plan.id, expectedCount: 3 });
  vi.stubEnv("APPROVAL_ABOVE_RUNS", "2");
  await expect(start()).rejects.toEqual(refusedWith("approval_required"));
  vi.stubEnv("APPROVAL_ABOVE_RUNS", "3");
  expect(await start()).toMatchObject({ state: "running" });
});

test("making someone an admin: needs an approval for that person and reach", async () => {
  const { owner, db } = database();
  vi.stubEnv("APPROVAL_FOR_ADMINS", "true");
  const { person } = await makeStaff(owner, "support", "Kim Able");
  const promote = (orgIds: string[]) =>
    updatePerson(db, {
      caller: ada,
      context,
      personId: person.id,
      body: { role: "admin", reach: { all: false, org_ids: orgIds } },
    });
  const other = await seedFixture(owner);
  await expect(promote([fixture.orgId])).rejects.toEqual(refusedWith("approval_required"));
  const asked = await ask({
    kind: "person.grant_admin",
    email: person.email,
    reach: { all: false, org_ids: [fixture.orgId] },
  });
  await expect(decide(asked, await makeStaff(owner, "support"))).rejects.toEqual(
    refusedWith("permission_required"),
  );
  await decide(asked);
  await expect(promote([other.orgId])).rejects.toEqual(refusedWith("approval_required"));
  expect(await promote([fixture.orgId])).toMatchObject({ role: "admin" });
  expect((await entriesAbout(person.id)).at(-1)).toMatchObject({
    action: "person.updated",
    meta: { approval: { id: asked.id } },
  });
  const invite = (role: "admin" | "support") =>
    invitePerson(db, {
      caller: ada,
      context,
      body: { name: `Lee ${role}`, email: `lee.${role}@staff.example`, role, reach: { all: true } },
    });
  await expect(invite("admin")).rejects.toEqual(refusedWith("approval_required"));
  expect(await invite("support")).toMatchObject({ role: "support" });
});

describe("retry of a batch", () => {
  /** A plan with one run, and two that its starter made and so can't cancel. */
  async function makePlan() {
    const { owner, db } = database();
    const own = { createdBy: ada.person.id, ageMs: 3_600_000 };
    const ids = await Promise.all([own, own, {}].map((traits) => makeRun(owner, fixture, traits)));
    return (await planBatch(db, { caller: ada, context, body: { reason, run_ids: ids } })).id;
  }
  const protect = (isProtected: boolean) =>
    database().owner.query("UPDATE organizations SET is_protected = $2 WHERE id = $1", [
      fixture.orgId,
      isProtected,
    ]);
  async function work(id: string): Promise<unknown[]> {
    while (!(await cancelChunk(database().workerDb, id, 10, true)).isOver);
    return readOutcomes(id);
  }
  const readOutcomes = async (id: string) =>
    (
      await database().owner.query<{ outcome: number }>(
        "SELECT outcome FROM cancellation_items WHERE batch_id = $1 ORDER BY outcome",
        [id],
      )
    ).rows.map(({ outcome }) => outcome);
  const start = (id: string) => startBatch(database().db, { caller: ada, context, id, expectedCount: 1 });
  const retry = (id: string) => retryBatch(database().db, { caller: ben, context, id });

  test("of a customer protected since its start: needs an approval", async () => {
    const id = await makePlan();
    await protect(false);
    await start(id);
    expect(await work(id)).toEqual([201, 409, 409]);
    await protect(true);
    await expect(retry(id)).rejects.toEqual(refusedWith("approval_required"));
    expect(await readOutcomes(id)).toEqual([201, 409, 409]);
    const asked = await ask({ kind: "batch.start", batch_id: id }, ben);
    expect(asked).toMatchObject({ target: { label: "2 runs" }, detail: { runs: 2 } });
    await decide(asked, ada);
    expect(await retry(id)).toMatchObject({ state: "running" });
    expect((await entriesAbout(id)).at(-1)).toMatchObject({
      action: "batch.started",
      meta: { is_retry: true, approval: { id: asked.id } },
    });
    expect(await work(id)).toEqual([201, 201, 201]);
  });

  test("the approval of its start covers it", async () => {
    const id = await makePlan();
    await decide(await ask({ kind: "batch.start", batch_id: id }));
    await start(id);
    await work(id);
    await expect(ask({ kind: "batch.start", batch_id: id }, ben)).rejects.toEqual(
      refusedWith("approval_not_required"),
    );
    await retry(id);
    expect(await work(id)).toEqual([201, 201, 201]);
  });
});

test("enabling an admin: needs an approval", async () => {
  const { owner, db } = database();
  const { person } = await makeStaff(owner, "admin", "Dee Able");
  const given = { caller: ada, context, personId: person.id, reason };
  await disablePerson(db, given);
  vi.stubEnv("APPROVAL_FOR_ADMINS", "true");
  await expect(enablePerson(db, given)).rejects.toEqual(refusedWith("approval_required"));
  const asked = await ask({ kind: "person.grant_admin", email: person.email, reach: { all: true } });
  await decide(asked);
  expect(await enablePerson(db, given)).toMatchObject({ outcome: "transitioned" });
  expect((await entriesAbout(person.id)).at(-1)).toMatchObject({
    action: "person.enabled",
    meta: { approval: { id: asked.id } },
  });
});

test("a person whose password the requester could have set: can't decide their requests", async () => {
  const { owner, db } = database();
  /** Invited by Ada, with a password set through the link. */
  async function makePuppet(name: string, isMailed: boolean): Promise<Caller> {
    const body = {
      name,
      email: `${randomUUID()}@staff.example`,
      role: "admin",
      reach: { all: true },
    } as const;
    const { id, email, link } = await invitePerson(db, { caller: ada, context, body });
    await owner.query("UPDATE password_links SET is_mailed = $2 WHERE person_id = $1", [id, isMailed]);
    const token = new URL(link!).hash.slice(1);
    await setPassword(db, { context, body: { token, password: "correct horse battery staple" } });
    return { ...ben, person: { ...ben.person, id, name, email }, actor: { ...ben.actor, id, name, email } };
  }
  const [handed, mailed] = [await makePuppet("Fay Handed", false), await makePuppet("Gus Mailed", true)];
  const asked = await askToCancel(await makeRun(owner, fixture));
  await expect(decide(asked, handed)).rejects.toEqual(refusedWith("requester_set_password"));
  expect(await read(asked.id)).toMatchObject({ state: "pending" });
  expect(await decide(asked, mailed)).toMatchObject({ state: "approved" });
  const ofBen = await askToCancel(await makeRun(owner, fixture), ben);
  expect(await decide(ofBen, handed)).toMatchObject({ state: "approved" });
});
