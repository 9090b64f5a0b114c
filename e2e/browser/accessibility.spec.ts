import type { RunStatus } from "@/lib/states/run";
import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, SIGNED_OUT, test } from "./agent-test";
import { reportAsProvider } from "./provider-report";
import { keepFromPolling, openDialog, runPage } from "./run-page";
import { visit } from "./visit";

const NAME = "Runflow console";

test.describe("signed out", () => {
  test.use({ storageState: SIGNED_OUT });

  test("sign-in page and its error: accessible", async ({ page, faults }) => {
    faults.expect(/\/api\/auth\/callback\/credentials: .* 401/);
    await visit(page, "/sign-in");
    await expect(page).toHaveTitle(`Sign in · ${NAME}`);
    await expectAccessible(page, "sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("Enter your email address.")).toBeVisible();
    await expectAccessible(page, "sign-in without an email");
    await page.getByLabel("Email").fill("nobody@staff.example");
    await page.getByLabel("Password").fill("wrong");
    await page.keyboard.press("Enter");
    await expect(page.getByText("don’t match an active account")).toBeVisible();
    await expectAccessible(page, "sign-in refused");
  });
});

test("list of runs with an open filter: accessible", async ({ page }) => {
  await visit(page, "/runs");
  await expect(page).toHaveTitle(`Runs · ${NAME}`);
  await expect(page.getByRole("table", { name: "Runs" })).toBeVisible();
  await expectAccessible(page, "runs");
  await page.getByRole("button", { name: "Status" }).click();
  await page.getByRole("checkbox", { name: "Succeeded", exact: true }).check();
  await expect(page).toHaveURL(/status=succeeded/);
  await expectAccessible(page, "runs, status filter open");
});

test("empty list of runs: accessible", async ({ page, openAs, console }) => {
  await visit(page, "/runs?q=cost%3E99999");
  await expect(page.getByText("No run matches these filters")).toBeVisible();
  await expectAccessible(page, "runs, none match");
  await visit(page, "/runs?q=cost%3E%3E");
  await expect(page.getByText("Can’t run this filter")).toBeVisible();
  await expectAccessible(page, "runs, bad expression");
  await visit(page, "/runs?pq=x");
  await expect(page.getByText("This page of the list is gone")).toBeVisible();
  const { owner } = console.database;
  const newcomer = await openAs(await makePerson(owner, { orgIds: [(await seedFixture(owner)).orgId] }));
  await visit(newcomer, "/runs");
  await expect(newcomer.getByText("No runs yet")).toBeVisible();
  await expectAccessible(newcomer, "runs, none");
  const unverified = await openAs(await makePerson(owner, { isVerified: false }));
  await visit(unverified, "/runs");
  await expect(unverified.getByText("Your email address is not verified")).toBeVisible();
  await expectAccessible(unverified, "runs, not verified");
});

test("unreadable list: shows an error and can be retried", async ({ page, console, faults }) => {
  faults.expect(/status of 500/, /Server Components render|Minified React error/);
  const { owner } = console.database;
  await owner.query("ALTER TABLE models RENAME TO models_away");
  try {
    await page.goto("/runs");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page could not be loaded");
    await expectAccessible(page, "runs, server error");
  } finally {
    await owner.query("ALTER TABLE models_away RENAME TO models");
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("table", { name: "Runs" })).toBeVisible();
});

for (const status of [
  "queued",
  "dispatching",
  "running",
  "succeeded",
  "failed",
  "partial_succeeded",
] as const) {
  test(`page of a ${status} run: accessible`, async ({ page, console, fixture }) => {
    const { database, server } = console;
    const isReported = (["succeeded", "failed", "partial_succeeded"] as RunStatus[]).includes(status);
    const id = await makeRun(database.owner, fixture, { status: isReported ? "running" : status });
    if (isReported) await reportEnd(server.baseUrl, id, status);
    await visit(page, `/runs/${id}`);
    await expect(runPage(page).title(id)).toBeVisible();
    await expect(page).toHaveTitle(`Run ${id.slice(0, 13)} · ${NAME}`);
    await expectAccessible(page, status);
  });
}

const reportEnd = (baseUrl: string, id: string, status: RunStatus) =>
  reportAsProvider(baseUrl, id, { status_code: status as "failed", cost: "0.1" });

test("cancel dialog in each state, and the canceled run with ghost and entry: accessible", async ({
  page,
  console,
  fixture,
  agent,
  faults,
}) => {
  faults.expect(/ERR_TIMED_OUT/, /\/cancellation: .* 409/);
  const { database, server } = console;
  const id = await makeRun(database.owner, fixture);
  const run = await openDialog(page, id);
  await expectAccessible(page, "dialog");
  await run.reason.fill("a");
  await run.confirm.click();
  await expect(run.reason).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page, "dialog, reason too short");

  await keepFromPolling(page);
  await database.owner.query("UPDATE runs SET created_by = $1 WHERE id = $2", [agent.id, id]);
  await run.reason.fill("See https://desk.example/tickets/4821");
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toContainText("Request ID");
  await expectAccessible(page, "dialog, refused");

  await database.owner.query("UPDATE runs SET created_by = NULL WHERE id = $1", [id]);
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded", cost: "0.12" });
  await expect(run.timeline).toContainText("after the cancel");
  await expectAccessible(page, "canceled by oneself, late report");
  await page.getByRole("link", { name: "Audit entry", exact: true }).click();
  await expect(page).toHaveTitle(`Audit entry · ${NAME}`);
  await expect(page.getByRole("region", { name: "Actor", exact: true })).toBeVisible();
  await expectAccessible(page, "audit entry");
});

test("cancel dialog after the run ended: accessible", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await reportAsProvider(console.server.baseUrl, id, { status_code: "succeeded" });
  await expect(run.dialog.getByRole("button", { name: "Close" })).toBeVisible();
  await expectAccessible(page, "dialog, run ended");
});

test("read-only run page: accessible", async ({ openAs, console, fixture }) => {
  const { owner } = console.database;
  const page = await openAs(await makePerson(owner, { role: "auditor" }));
  await visit(page, `/runs/${await makeRun(owner, fixture)}`);
  await expect(
    page.getByText("Your role doesn’t include canceling runs. Ask an admin for the permission runs.cancel."),
  ).toBeVisible();
  await expectAccessible(page, "run, no permission to cancel");
});

test("audit trail, full and empty: accessible", async ({ page }) => {
  await visit(page, "/audit");
  await expect(page).toHaveTitle(`Audit · ${NAME}`);
  await expect(page.getByRole("table", { name: "Audit entries" })).toBeVisible();
  await expectAccessible(page, "audit");
  await visit(page, "/audit?ticket=none");
  await expect(page.getByText("No entry matches these filters")).toBeVisible();
  await expectAccessible(page, "audit, none match");
});

test("not-found pages: accessible", async ({ page, faults }) => {
  faults.expect(/status of 404/);
  const nowhere = "0196f1a0-0000-7000-8000-00000000abcd";
  for (const [path, title] of [
    [`/runs/${nowhere}`, "Run not found"],
    [`/audit/${nowhere}`, "Audit entry not found"],
    [`/cancellations/${nowhere}`, "Bulk cancellation not found"],
    ["/nowhere", "Page not found"],
  ] as const) {
    await visit(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page).toHaveTitle(new RegExp(NAME));
    await expectAccessible(page, path);
  }
});

test("account menu and shortcut sheet: accessible", async ({ page }) => {
  await visit(page, "/audit");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await expect(page.getByRole("dialog", { name: "Account" })).toBeVisible();
  await expectAccessible(page, "account menu");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(page, "shortcut sheet");
});

test("chosen theme: overrides the system theme", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await visit(page, "/audit");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await visit(page, "/runs");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(12, 13, 16)");
});

test("gallery: every component in every state is accessible", async ({ page }) => {
  await visit(page, "/components");
  await expect(page).toHaveTitle(`Components · ${NAME}`);
  await expect(page.getByRole("region", { name: "Sample payload as JSON" })).toBeVisible();
  await expectAccessible(page, "components");
});

for (const name of ["Menu", "Form", "Question", "Dangerous question"]) {
  test(`gallery overlay: ${name} is accessible`, async ({ page }) => {
    await visit(page, "/components");
    const button = page.getByRole("button", { name, exact: true });
    await button.click();
    await expect(page.locator("dialog[open], :popover-open")).toBeVisible();
    await expectAccessible(page, name);
    await page.keyboard.press("Escape");
    await expect(button).toBeFocused();
  });
}
