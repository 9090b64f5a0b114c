import type { Page } from "@playwright/test";
import { makeKey, makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expect, test } from "./agent-test";
import type { Console } from "./test";
import { visit } from "./visit";

const rows = (page: Page) =>
  page
    .getByRole("table", { name: "Audit entries" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });

/** Cancels one run for each reason through the API, in order. */
async function cancelWithKey({ database, server }: Console, reasons: string[]) {
  const fixture = await seedFixture(database.owner);
  const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
  for (const reason of reasons) {
    const id = await makeRun(database.owner, fixture);
    const response = await fetch(`${server.baseUrl}/v1/admin/runs/${id}/cancellation`, {
      method: "POST",
      headers: { ...key.headers, "Content-Type": "application/json" },
      body: JSON.stringify({ reason }),
    });
    expect(response.status).toBe(201);
  }
  return key;
}

test("audit trail: filters by actor, ticket and text, all in the URL", async ({ page, openAs, console }) => {
  const key = await cancelWithKey(console, ["Ticket #901: stuck", "Ticket #902: abuse", "abuse, no ticket"]);
  await visit(page, "/audit");
  await expect(rows(page).first()).toContainText("abuse, no ticket");
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Actor" }).click();
  const menu = page.getByRole("dialog", { name: "Filter by actor" });
  await menu.getByRole("radio", { name: key.name }).check();
  await expect(page).toHaveURL(`/audit?actor=${key.id}`);
  await page.keyboard.press("Escape");
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText(`${key.name}, owned by`);

  await page.getByRole("searchbox", { name: "Text in the reason" }).fill("ABUSE");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/audit?actor=${key.id}&reason=ABUSE`);
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Ticket", exact: true }).fill("#902");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/audit?actor=${key.id}&ticket=%23902&reason=ABUSE`);
  await expect(rows(page)).toHaveCount(1);

  const colleague = await openAs(await makePerson(console.database.owner, { role: "auditor" }));
  await visit(colleague, page.url());
  await expect(rows(colleague)).toHaveCount(1);
  await expect(colleague.getByRole("searchbox", { name: "Ticket", exact: true })).toHaveValue("#902");
  await rows(colleague).getByRole("link").first().click();
  await expect(colleague.getByRole("heading", { level: 1 })).toHaveText(
    new RegExp(`^${key.name}, owned by Ada \\w+: canceled run$`),
  );
  await expect(colleague.getByRole("region", { name: "Reason" })).toContainText("Ticket #902: abuse");
  await expect(colleague.getByRole("region", { name: "Actor" })).toContainText(`${key.prefix}…`);
  await expect(colleague.getByRole("region", { name: "Source" })).toContainText(/api/);
  await expect(colleague.getByRole("region", { name: "Record" })).toContainText("Position");

  await page.getByRole("searchbox", { name: "Ticket", exact: true }).fill("#999");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText("No entry matches these filters");
  await page.getByRole("link", { name: "Show the whole trail" }).click();
  await expect(page).toHaveURL("/audit");
  await expect(rows(page).first()).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Ticket", exact: true })).toHaveValue("");
});

test("audit trail: sign-ins behind a chip, several actions at once", async ({ page, console, agent }) => {
  await cancelWithKey(console, ["Ticket #931"]);
  await visit(page, "/audit");
  const table = page.getByRole("table", { name: "Audit entries" });
  await expect(rows(page).first()).toContainText("Ticket #931");
  await expect(rows(page).first()).toContainText(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  await expect(table.getByText("Signed in")).toHaveCount(0);
  const chip = page.getByRole("button", { name: "Sign-ins and exports" });
  await chip.click();
  await expect(page).toHaveURL("/audit?show=all");
  await expect(chip).toHaveAttribute("aria-pressed", "true");
  await expect(table.getByText("Signed in").first()).toBeVisible();
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Action" }).click();
  const menu = page.getByRole("dialog", { name: "Filter by action" });
  await menu.getByRole("checkbox", { name: "Signed in" }).check();
  await menu.getByRole("checkbox", { name: "Ended session" }).check();
  await expect(page).toHaveURL(/action=session\.started%2Csession\.ended/);
  await page.keyboard.press("Escape");
  await expect(chip).toBeHidden();
  await expect(table.getByText("Canceled run")).toHaveCount(0);
  await expect(rows(page).filter({ hasText: agent.name }).first()).toContainText("Signed in");
});

test("audit trail: filters by days, both included", async ({ page, console }) => {
  await cancelWithKey(console, ["Ticket #911"]);
  const { rows: days } = await console.database.owner.query<{ today: string; before: string }>(
    "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS today, to_char(now() AT TIME ZONE 'UTC' - interval '1 day', 'YYYY-MM-DD') AS before",
  );
  const { today, before } = days[0]!;
  await visit(page, "/audit?ticket=%23911");
  await page.getByRole("button", { name: "Days" }).click();
  const menu = page.getByRole("dialog", { name: "Filter by days" });
  await menu.getByLabel("From").fill(before);
  await menu.getByLabel("To").fill(today);
  await menu.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(`/audit?ticket=%23911&from=${before}&to=${today}`);
  await expect(rows(page)).toHaveCount(1);
  await visit(page, `/audit?ticket=%23911&to=${before}`);
  await expect(page.getByRole("main")).toContainText("No entry matches these filters");
});

test("audit trail: an invalid filter is marked, and no unfiltered entries are shown", async ({
  page,
  console,
}) => {
  await cancelWithKey(console, ["Ticket #921"]);
  await visit(page, `/audit?actor=Ada&from=2026-02-30&ticket=${"9".repeat(301)}`);
  await expect(page.getByRole("main")).toContainText("Invalid filter");
  await expect(page.getByRole("main")).not.toContainText("No entry matches");
  const filters = page.getByRole("group", { name: "Filters" });
  await expect(filters.getByRole("alert")).toHaveText([/Invalid actor ID/, /Not a calendar day/]);
  const ticket = page.getByRole("searchbox", { name: "Ticket", exact: true });
  await expect(ticket).toHaveAttribute("aria-invalid", "true");
  await expect(ticket).toHaveAccessibleDescription(/Shorten it/);
  await ticket.fill("#921");
  await page.keyboard.press("Enter");
  await filters.getByRole("button", { name: "Remove the filter actor" }).click();
  await filters.getByRole("button", { name: "Remove the filter days" }).click();
  await expect(rows(page)).toHaveCount(1);
  await visit(page, "/audit?ticket=%23921&to=9999-12-31");
  await expect(rows(page)).toHaveCount(1);
});

test("audit trail: pages, newest first", async ({ page, console }) => {
  const reasons = Array.from({ length: 60 }, (_, index) => `Series ${String(index).padStart(2, "0")}`);
  await cancelWithKey(console, reasons);
  const last = (page: Page) => rows(page).getByRole("cell", { name: /^Series \d\d$/ });
  await visit(page, "/audit?reason=Se");
  await expect(page.getByRole("searchbox", { name: "Text in the reason" })).toHaveAccessibleDescription(
    /^Too short to search for/,
  );
  await visit(page, "/audit?reason=Series");
  const pages = page.getByRole("navigation", { name: "Pages of the audit trail" });
  const seen: string[] = [];
  await expect(last(page).first()).toHaveText("Series 59");
  seen.push(...(await last(page).allTextContents()));
  const size = seen.length;
  while (seen.length < reasons.length) {
    const next = reasons[reasons.length - 1 - seen.length]!;
    await pages.getByRole("link", { name: "Next" }).click();
    await expect(last(page).first()).toHaveText(next);
    seen.push(...(await last(page).allTextContents()));
  }
  expect(seen).toEqual(reasons.toReversed());
  expect(size).toBe(50);
  await expect(pages.getByRole("link", { name: "Next" })).toBeDisabled();
  await pages.getByRole("link", { name: "First" }).click();
  await expect(last(page).first()).toHaveText("Series 59");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Reason" })).toContainText("Series 59");
});

test("end of the audit trail: says which entries are archived", async ({ page, console }) => {
  await console.database.owner.query(
    `INSERT INTO audit_retirements (month, first_position, last_position, entries, file_sha256, checkpoint)
     VALUES ('2024-11-01', 1, 9, 9, sha256('x'), 1), ('2024-12-01', 10, 12, 3, sha256('y'), 1)
     ON CONFLICT DO NOTHING`,
  );
  await visit(page, `/audit?ticket=${encodeURIComponent("#never-written")}`);
  await expect(
    page.getByText("Entries from before 2025-01-01 (UTC) have been moved to archives"),
  ).toBeVisible();
});
