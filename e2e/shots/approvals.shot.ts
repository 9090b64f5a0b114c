import { visit } from "@/e2e/browser/visit";
import { makeApproval } from "@/test/approvals";
import { makePlan, makeQueuedRuns } from "@/test/cancellation-batches";
import type { TestDatabase } from "@/test/database";
import { makeRun, makeStaff, seedFixture } from "@/test/fixture";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

const reason = "Ticket #4821: the customer sent it twice";

/** A protected customer with a run, and requests in every state that people meet. */
async function makeRequests(database: TestDatabase): Promise<{ run: string; id: string }> {
  const { owner } = database;
  const fixture = await seedFixture(owner);
  const { orgId, model } = fixture;
  await owner.query("UPDATE organizations SET is_protected = true WHERE id = $1", [orgId]);
  const ada = await makeStaff(owner, "admin", "Ada Lovelace");
  const by = ada.person;
  const runIds = await makeQueuedRuns(owner, fixture, 100);
  const plan = await makePlan(database, fixture, { runIds, caller: ada });
  const run = await makeRun(owner, fixture);
  const of = { by, orgId, label: model };
  await makeApproval(owner, { ...of, targetId: runIds[0]!, decision: "approved" });
  await makeApproval(owner, {
    ...of,
    targetId: orgId,
    kind: "organization.unprotect",
    label: "Nordlicht Studio",
    decision: "refused",
  });
  await makeApproval(owner, {
    ...of,
    targetId: plan,
    kind: "batch.start",
    label: "100 runs",
    detail: { runs: 100 },
  });
  return { run, id: await makeApproval(owner, { ...of, targetId: run }) };
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
