import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { makeKey, makePerson } from "@/test/credentials";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import type { Console } from "./test";
import { visit } from "./visit";

const rows = (page: Page) =>
  page
    .getByRole("table", { name: "Denied requests" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });

/** Makes this number of refused requests with a new key. */
async function beRefused({ database, server }: Console, count: number) {
  const key = await makeKey(database.owner, {
    ownerId: (await makePerson(database.owner, { role: "admin" })).id,
  });
  for (let index = 0; index < count; index++) {
    const path = `/v1/admin/runs/${randomUUID()}/cancellation`;
    await fetch(server.baseUrl + path, { method: "POST", headers: key.headers });
  }
  await fetch(`${server.baseUrl}/v1/admin/audit-log?limit=0`, { headers: key.headers });
  return key;
}

test("attempts: filtered in the URL; each opens with its details", async ({ openAs, console }) => {
  const key = await beRefused(console, 3);
  const page = await openAs(await makePerson(console.database.owner, { role: "auditor" }));
  await visit(page, "/security");
  await expect(page).toHaveTitle("Security · Runflow console");
  await expect(rows(page).first()).toContainText("VALIDATION_ERROR");
  await expect(page.getByRole("link", { name: "Security" })).toHaveAttribute("aria-current", "page");
  await expectAccessible(page, "security");

  await page.getByRole("searchbox", { name: "Actor ID" }).fill(key.id);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/security?actor=${key.id}`);
  await expect(rows(page)).toHaveCount(4);
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Status" }).click();
  await page.getByRole("dialog", { name: "Filter by status" }).getByRole("radio", { name: "404" }).check();
  await expect(page).toHaveURL(`/security?status=404&actor=${key.id}`);
  await page.keyboard.press("Escape");
  await expect(rows(page)).toHaveCount(3);
  await visit(page, `/security?actor=${key.id}&code=VALIDATION_ERROR&ip=127.0.0.1&kind=request.refused`);
  await expect(rows(page)).toHaveCount(1);

  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Denied: 422 VALIDATION_ERROR" });
  await expect(dialog).toContainText("GET /v1/admin/audit-log");
  await expect(dialog).toContainText(`${key.prefix}…`);
  await expect(dialog).toContainText(/req_\w{26}/);
  await expect(dialog).toContainText('"limit"');
  await expectAccessible(page, "security, an attempt");
  await dialog.getByRole("link", { name: "View all from this IP address" }).click();
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/ip=127\.0\.0\.1/);
});

test("attempts: in pages, newest first", async ({ openAs, console }) => {
  const key = await beRefused(console, 54);
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await visit(page, `/security?actor=${key.id}`);
  const pages = page.getByRole("navigation", { name: "Pages of security events" });
  await expect(rows(page)).toHaveCount(50);
  await expect(rows(page).first()).toContainText("VALIDATION_ERROR");
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(rows(page)).toHaveCount(5);
  await pages.getByRole("link", { name: "Previous" }).click();
  await expect(rows(page)).toHaveCount(50);
});

test("empty states: no match, invalid filters, an old link", async ({ openAs, console }) => {
  const page = await openAs(await makePerson(console.database.owner, { role: "auditor" }));
  await visit(page, "/security?ip=192.0.2.77");
  await expect(page.getByRole("main")).toContainText("No attempt matches these filters");
  await expectAccessible(page, "security, none match");
  await visit(page, "/security?ip=here&status=200&code=TEAPOT");
  await expect(page.getByRole("main")).toContainText("Invalid filter");
  await expect(page.getByRole("group", { name: "Filters" }).getByRole("alert")).toHaveText([
    /status/,
    /code/,
  ]);
  await expect(page.getByRole("searchbox", { name: "IP address" })).toHaveAccessibleDescription(/IP address/);
  await expectAccessible(page, "security, bad filter");
  await visit(page, "/security?pq=x");
  await expect(page.getByRole("main")).toContainText("This page of the list is gone");
  await page.getByRole("link", { name: "Show all attempts" }).click();
  await expect(page).toHaveURL("/security");
});

test("page without permission: its link and the page name the missing permission", async ({ page }) => {
  await visit(page, "/runs");
  const link = page.getByRole("link", { name: "Security" });
  await expect(link).toHaveAccessibleDescription(/Ask an admin for the permission security.read/);
  await link.click();
  await expect(page).toHaveURL("/security");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your role doesn’t include this page");
  await expectAccessible(page, "security, no permission");
});
