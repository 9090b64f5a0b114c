import { callHttp } from "@/test/call-http";
import { makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { runPage } from "./run-page";
import { visit } from "./visit";

const OVERRIDE = "\u202E";
const NAME = `bot ${OVERRIDE}xoferif`;
const REASON = `ok ${OVERRIDE}ticket #1284 detacilpud`;

test("stored bidi overrides: shown by name, without reversing their surroundings", async ({
  page,
  context,
  console,
  fixture,
}) => {
  const { owner } = console.database;
  const key = await makeKey(owner, { ownerId: (await makePerson(owner, { role: "admin" })).id });
  // A key from before such names were refused.
  await owner.query("UPDATE api_keys SET name = $1 WHERE id = $2", [NAME, key.id]);
  const id = await makeRun(owner, fixture);
  const answer = await callHttp(console.server.baseUrl, "POST", `/v1/admin/runs/${id}/cancellation`, {
    headers: { Authorization: `Bearer ${key.text}`, "Content-Type": "application/json" },
    body: JSON.stringify({ reason: REASON }),
  });
  expect(answer.status).toBe(201);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(page, `/runs/${id}`);
  const { timeline } = runPage(page);
  await expect(timeline).toContainText("bot U+202Exoferif");
  await expect(timeline).toContainText("ok U+202Eticket #1284 detacilpud");
  await page.getByRole("button", { name: "Copy summary" }).click();
  await expect(page.getByText("Copied summary.")).toBeAttached();
  const summary = await page.evaluate(() => navigator.clipboard.readText());
  expect(summary).toContain("U+202E");
  expect(summary).not.toContain(OVERRIDE);

  await visit(page, `/audit?actor=${key.id}`);
  const row = page.getByRole("table", { name: "Audit entries" }).getByRole("row").nth(1);
  await expect(row).toContainText("bot U+202Exoferif");
  for (const path of [`/runs/${id}`, `/audit?actor=${key.id}`]) {
    await visit(page, path);
    await page.waitForLoadState("networkidle");
    // In text and titles only: scripts keep the stored bytes.
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll("body *:not(script)")]
        .flatMap((element) => [
          ...[...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.nodeValue : "")),
          element.getAttribute("title"),
          element.getAttribute("aria-label"),
        ])
        .join(" "),
    );
    expect(shown, path).toContain("xoferif");
    expect(shown, path).not.toContain(OVERRIDE);
  }
});

test("Arabic name: isolated from its surroundings", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  await owner.query("UPDATE organizations SET name = 'شركة 42' WHERE id = $1", [fixture.orgId]);
  const id = await makeRun(owner, fixture);
  await visit(page, `/runs/${id}`);
  const name = page.getByRole("main").locator("bdi", { hasText: "شركة 42" }).first();
  await expect(name).toHaveAttribute("dir", "auto");
  expect(await name.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe("isolate");
});
