import { visit } from "@/e2e/browser/visit";
import { decideApproval } from "@/lib/approval-requests/decide-approval";
import { requestApproval } from "@/lib/approval-requests/request-approval";
import type { RequestApprovalBody } from "@/lib/contract/approvals";
import { makePlan, makeQueuedRuns } from "@/test/cancellation-batches";
import type { TestDatabase } from "@/test/database";
import { type Fixture, makeRun, makeStaff, seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

const context = TEST_CONTEXT;
const reason = "Ticket #4821: the customer sent it twice";

/** A protected customer with a run, and requests in every state that people meet. */
async function makeRequests(database: TestDatabase): Promise<{ fixture: Fixture; run: string; id: string }> {
  const { owner, db } = database;
  const fixture = await seedFixture(owner);
  await owner.query("UPDATE organizations SET is_protected = true WHERE id = $1", [fixture.orgId]);
  const [ada, ben] = [
    await makeStaff(owner, "admin", "Ada Lovelace"),
    await makeStaff(owner, "admin", "Ben Ito"),
  ];
  const ask = (body: object) =>
    requestApproval(db, { caller: ada, context, body: { reason, ...body } as RequestApprovalBody });
  const runs = await makeQueuedRuns(owner, fixture, 120);
  const plan = await makePlan(database, fixture, { runIds: runs.slice(0, 100), caller: ada });
  const decided = [
    await ask({ kind: "run.cancel", run_id: runs[100] }),
    await ask({ kind: "organization.unprotect", organization_id: fixture.orgId }),
  ];
  await decideApproval(db, { caller: ben, context, id: decided[0]!.id, decision: "approved", note: null });
  await decideApproval(db, {
    caller: ben,
    context,
    id: decided[1]!.id,
    decision: "refused",
    note: "Their launch is on Friday",
  });
  await ask({ kind: "batch.start", batch_id: plan });
  const run = await makeRun(owner, fixture);
  const { id } = await ask({ kind: "run.cancel", run_id: run });
  return { fixture, run, id };
}

test("approvals", async ({ admin, console }) => {
  await makeRequests(console.database);
  await visit(admin, "/approvals");
  await photograph(admin, 1_000);
});

test("approvals--one", async ({ admin, console }) => {
  const { id } = await makeRequests(console.database);
  await visit(admin, `/approvals/${id}`);
  await photograph(admin);
});

test("approvals--deciding", async ({ admin, console }) => {
  const { id } = await makeRequests(console.database);
  await visit(admin, `/approvals/${id}`);
  await admin.getByRole("button", { name: "Approve…" }).click();
  await expect(admin.getByRole("alertdialog")).toBeVisible();
  await photograph(admin);
});

test("approvals--offered", async ({ page, console }) => {
  const { run } = await makeRequests(console.database);
  await visit(page, `/runs/${run}`);
  await page.getByRole("button", { name: "Cancel run" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill(reason);
  await dialog.getByRole("button", { name: "Cancel run" }).click();
  await expect(dialog.getByRole("button", { name: "Request approval" })).toBeVisible();
  await photograph(page);
});
