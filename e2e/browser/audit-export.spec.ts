import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import type { Console } from "./test";
import { visit } from "./visit";

const COUNT = 1_200;

/** Entries with reasons unique to this test, some of several lines. */
async function writeEntries({ database }: Console, mark: string): Promise<string> {
  const { orgId } = await seedFixture(database.owner);
  await database.owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     SELECT $1, 'webhook.updated', date_trunc('milliseconds', clock_timestamp()), 'user', $1, 'Ada', 'webhook', $1, 'x', 'api',
       'req_x', jsonb_build_object('reason', $2::text || E' "first"\\n' || n, 'ticket', null)
     FROM generate_series(1, $3::int) n`,
    [orgId, mark, COUNT],
  );
  return orgId;
}

/** Simulates a browser without the File System Access API, the usual case. */
const withoutPicker = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(window, "showSaveFilePicker", { value: undefined }));

/** Picks an in-memory file in place of the person. The rest is the browser's own. */
const withPicker = (page: Page) =>
  page.addInitScript(() =>
    Object.defineProperty(window, "showSaveFilePicker", {
      value: async ({ suggestedName }: { suggestedName: string }) =>
        (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true }),
    }),
  );

const openMenu = async (page: Page) => {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const menu = page.getByRole("dialog", { name: "Export" });
  await expect(menu.getByRole("radio", { name: "CSV" })).toBeVisible();
  return menu;
};

test("audit export: the browser downloads everything that matches the filters", async ({
  openAs,
  console,
}) => {
  await writeEntries(console, "Plain download");
  const page = await openAs(await makePerson(console.database.owner, { role: "auditor" }));
  await withoutPicker(page);
  await visit(page, "/audit?reason=plain+download");
  const menu = await openMenu(page);
  await expectAccessible(page, "audit, choosing an export");
  await expect(menu.getByRole("radio", { name: "NDJSON with proof" })).toBeDisabled();
  await menu.getByRole("radio", { name: "NDJSON", exact: true }).check();
  const downloading = page.waitForEvent("download");
  await menu.getByRole("button", { name: "Export" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^audit_filtered_made-.*\.ndjson$/);
  const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\n");
  const reasons = lines.map((line) => (JSON.parse(line) as { meta: { reason: string } }).meta.reason);
  expect(reasons).toEqual(
    Array.from({ length: COUNT }, (_, index) => `Plain download "first"\n${COUNT - index}`),
  );
  await expect(menu).toContainText("Your browser is saving audit_filtered_made-");
  await expectAccessible(page, "audit, exported");
});

test("audit export with file access: written in pieces and counted", async ({ openAs, console }) => {
  await writeEntries(console, "Counted download");
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await withPicker(page);
  await visit(page, "/audit?reason=counted+download");
  const menu = await openMenu(page);
  await menu.getByRole("button", { name: "Export" }).click();
  await expect(menu.getByRole("status")).toHaveText(
    /^audit_filtered_made-.*\.csv is complete: 1,200 entries, \d+\.\d kB\.$/,
  );
  const text = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    for await (const [name, file] of folder as unknown as AsyncIterable<[string, FileSystemFileHandle]>)
      if (name.endsWith(".csv")) return (await file.getFile()).text();
    return "";
  });
  expect(text.match(/Counted download ""first""\n\d+/g)).toHaveLength(COUNT);
  await menu.getByRole("button", { name: "New export" }).click();
  await expect(menu.getByRole("radio", { name: "CSV" })).toBeVisible();
});

test("audit export: shows a refusal in the server's words, and a broken connection leaves no file", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/status of 409/, /export.*ERR_/);
  await writeEntries(console, "Broken download");
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await withPicker(page);
  await visit(page, "/audit");
  const menu = await openMenu(page);
  await menu.getByRole("radio", { name: "NDJSON with proof" }).check();
  await menu.getByRole("button", { name: "Export" }).click();
  await expect(menu.getByRole("alert")).toContainText("No checkpoint covers the trail yet");
  await expect(menu.getByRole("alert")).toContainText(/Request ID req_/);
  await page.route("**/audit-log/export?*", (route) =>
    route.request().method() === "GET" ? route.abort("connectionreset") : route.continue(),
  );
  await menu.getByRole("radio", { name: "CSV" }).check();
  await menu.getByRole("button", { name: "Export" }).click();
  await expect(menu.getByRole("alert")).toContainText("The connection was lost before the file was complete");
  await expectAccessible(page, "audit, export failed");
});

test("audit export: can be stopped", async ({ openAs, console }) => {
  await writeEntries(console, "Stopped download");
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await withPicker(page);
  await page.route("**/audit-log/export?*", (route) => {
    if (route.request().method() !== "GET") return route.continue();
    return new Promise<void>(() => {});
  });
  await visit(page, "/audit?reason=stopped+download");
  const menu = await openMenu(page);
  await menu.getByRole("button", { name: "Export" }).click();
  await expect(menu.getByRole("status")).toHaveText("Exporting: 0 entries, 0 bytes");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Exporting: 0" }).click();
  await expectAccessible(page, "audit, exporting");
  await menu.getByRole("button", { name: "Stop export" }).click();
  await expect(menu.getByRole("radio", { name: "CSV" })).toBeVisible();
});

test("export panel: shows the size, defaults to the proof for auditors, and remembers the choice", async ({
  openAs,
  console,
}) => {
  const orgId = await writeEntries(console, "Dismissed download");
  const { rows } = await console.database.owner.query<{ slug: string }>(
    "SELECT slug FROM organizations WHERE id = $1",
    [orgId],
  );
  const page = await openAs(await makePerson(console.database.owner, { role: "auditor" }));
  await page.addInitScript(() =>
    Object.defineProperty(window, "showSaveFilePicker", {
      value: () => Promise.reject(new DOMException("The user aborted a request.", "AbortError")),
    }),
  );
  await visit(page, `/audit?org=${rows[0]!.slug}`);
  const menu = await openMenu(page);
  await expect(menu).toContainText(/1,200 entries, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d/);
  await expect(menu.getByRole("radio", { name: "NDJSON with proof" })).toBeChecked();
  await menu.getByRole("radio", { name: "NDJSON", exact: true }).check();
  await menu.getByRole("button", { name: "Export" }).click();
  await expect(menu.getByRole("radio", { name: "NDJSON", exact: true })).toBeChecked();
  await page.keyboard.press("Escape");
  await openMenu(page);
  await expect(menu.getByRole("radio", { name: "NDJSON", exact: true })).toBeChecked();
});

test("export panel for support: names the missing permission", async ({ page }) => {
  await visit(page, "/audit");
  const button = page.getByRole("button", { name: "Export", exact: true });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(/Ask an admin for the permission audit.export/);
});
