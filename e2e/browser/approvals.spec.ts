import { makeQueuedRuns } from "@/test/cancellation-batches";
import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { visit } from "./visit";

const REASON = "Ticket #4821: duplicate submission";

test("run of a protected customer: requested from the dialog, approved by a colleague, canceled once", async ({
  page,
  openAs,
  console,
  faults,
}) => {
  faults.expect(/\/cancellation: .* 409/);
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  await owner.query("UPDATE organizations SET is_protected = true WHERE id = $1", [fixture.orgId]);
  const run = await makeRun(owner, fixture);
  await visit(page, `/runs/${run}`);
  await page.getByRole("button", { name: "Cancel run" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("textbox", { name: "Reason" }).fill(REASON);
  await dialog.getByRole("button", { name: "Cancel run" }).click();
  await expect(dialog.getByRole("alert")).toContainText("a second person must approve the cancellation");
  await expectAccessible(page, "cancel dialog of a protected customer");
  await dialog.getByRole("button", { name: "Request approval" }).click();
  await expect(dialog.getByText("Approval requested. Nothing else has changed.")).toBeVisible();
  await dialog.getByRole("link", { name: "Follow the request" }).click();
  await expect(page).toHaveURL(/\/approvals\/[0-9a-f-]{36}$/);
  const status = page.getByRole("main").getByRole("status", { name: "Status" });
  await expect(status).toHaveText("Waiting");
  const approve = page.getByRole("button", { name: "Approve…" });
  await expect(approve).toBeDisabled();
  await expect(approve).toHaveAccessibleDescription("Someone else has to decide your own request.");
  await expectAccessible(page, "own approval request");

  const colleague = await openAs(await makePerson(owner));
  await visit(colleague, "/approvals?state=pending");
  await expectAccessible(colleague, "approval requests");
  await colleague.getByRole("row").filter({ hasText: fixture.model }).getByRole("link").click();
  await colleague.getByRole("button", { name: "Approve…" }).click();
  const decision = colleague.getByRole("alertdialog", { name: "Approve this request?" });
  await expect(decision).toContainText(REASON);
  await expectAccessible(colleague, "approving a request");
  await decision.getByRole("button", { name: "Approve" }).click();
  await expect(colleague.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Approved");

  // The requester's page follows, and leads back to the run.
  await expect(status).toHaveText("Approved");
  await page.getByRole("link", { name: "open the run" }).click();
  await page.getByRole("button", { name: "Cancel run" }).click();
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue(REASON);
  await dialog.getByRole("button", { name: "Cancel run" }).click();
  await expect(dialog).toBeHidden();
  expect(await readEffects(console.database, run)).toMatchObject({ status: "canceled", reasons: [REASON] });
  await page.getByRole("region", { name: "Audit trail" }).getByRole("link", { name: "Canceled run" }).click();
  await page.getByRole("link", { name: /^Ada .*@staff\.example$/ }).click();
  await expect(status).toHaveText("Used");
});

test("customer: protected by an admin; the protection is removed with an admin's approval", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/\/unprotection: .* 409/);
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const { rows } = await owner.query<{ name: string }>("SELECT name FROM organizations WHERE id = $1", [
    fixture.orgId,
  ]);
  const { name } = rows[0]!;
  const reach = { role: "admin" as const, orgIds: [fixture.orgId] };
  const [page, second] = [
    await openAs(await makePerson(owner, reach)),
    await openAs(await makePerson(owner, reach)),
  ];
  await visit(page, "/approvals");
  const policy = page.getByRole("region", { name: "Needs a second person" });
  await policy.getByRole("button", { name: "Protect a customer…" }).click();
  const dialog = page.getByRole("dialog", { name: "Protect a customer" });
  await dialog.getByRole("button", { name: "Protect customer" }).click();
  await expect(dialog.getByText("Choose a customer.")).toBeVisible();
  await dialog.getByRole("button", { name: /^Customer/ }).click();
  await page.getByRole("radio", { name }).check();
  await page.keyboard.press("Escape");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("A launch until Friday");
  await dialog.getByRole("button", { name: "Protect customer" }).click();
  await expect(policy.getByRole("listitem").filter({ hasText: name })).toBeVisible();
  await expectAccessible(page, "protected customers");

  await policy.getByRole("button", { name: /^Remove protection/ }).click();
  const removal = page.getByRole("alertdialog");
  await removal.getByRole("textbox", { name: "Reason" }).fill("The launch is over");
  await removal.getByRole("button", { name: "Remove protection" }).click();
  await removal.getByRole("button", { name: "Request approval" }).click();
  await expect(removal.getByRole("status")).toContainText("Approval requested");

  await visit(second, "/approvals");
  await second.getByRole("link", { name: `Remove the protection of ${name}` }).click();
  await second.getByRole("button", { name: "Refuse…" }).click();
  const refusal = second.getByRole("alertdialog", { name: "Refuse this request?" });
  await refusal.getByRole("button", { name: "Refuse" }).click();
  await expect(refusal.getByRole("textbox")).toHaveAccessibleDescription(/at least 3 characters/);
  await refusal.getByRole("textbox").fill("Until Monday");
  await refusal.getByRole("button", { name: "Refuse" }).click();
  await expect(second.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Refused");
  await expect(second.getByRole("region", { name: "Details" })).toContainText("Until Monday");
});

test("plan with runs of a protected customer: requested and withdrawn", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/\/execution: .* 409/);
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  await owner.query("UPDATE organizations SET is_protected = true WHERE id = $1", [fixture.orgId]);
  await makeQueuedRuns(owner, fixture, 3);
  const page = await openAs(await makePerson(owner, { role: "admin" }));
  await visit(
    page,
    `/cancellations/new?${new URLSearchParams({ q: `model:'${fixture.model}'`, reason: REASON })}`,
  );
  await page.getByRole("button", { name: "Create plan" }).click();
  await page.getByRole("button", { name: /^Start: cancel/ }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Cancel 3 runs" }).click();
  await expect(dialog.getByRole("alert")).toContainText("contains runs of a protected customer");
  await dialog.getByRole("button", { name: "Request approval" }).click();
  await dialog.getByRole("link", { name: "Follow the request" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cancel 3 runs");
  await page.getByRole("button", { name: "Withdraw…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Withdrawn");
});
