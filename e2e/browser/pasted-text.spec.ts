import type { Page } from "@playwright/test";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

const box = (page: Page) => page.getByRole("searchbox", { name: "Look up a run" });

/** Pastes as Ctrl+V does, with the clipboard content of a mail program. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press("Control+v");
}

test("look-up box: understands pasted text", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  const link = `https://eur01.safelinks.example/?url=https%3A%2F%2Fconsole.example%2Fruns%2F${id}&data=05%7C02`;
  const log = "2026-04-01T10:30:00Z GET /v1/runs 200 ok 12 ms\n".repeat(40_000);
  for (const text of [
    link,
    id.replaceAll("-", "–"),
    `> see ${id.slice(0, 18)}\n> ${id.slice(18)}`,
    `${log}run ${id} hangs\n${log}`,
  ]) {
    await visit(page, "/audit");
    await box(page).focus();
    // An id needs no Enter.
    await paste(page, text);
    await expect(page).toHaveURL(`/runs/${id}`);
  }

  await visit(page, "/audit");
  await box(page).focus();
  await paste(page, log);
  await expect(page).toHaveURL("/audit");
  expect(await box(page).evaluate((field: HTMLInputElement) => field.validationMessage)).toMatch(/too long/);

  await box(page).fill("https://shop.example/orders/17");
  await box(page).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Nothing found" })).toBeVisible();
  await expect(page.getByText("was found in this link")).toBeVisible();
  await expectAccessible(page, "nothing found");
});

test("customer's name with a typo: a suggestion", async ({ page, console }) => {
  const { owner } = console.database;
  const { orgId } = await seedFixture(owner);
  await owner.query(
    "UPDATE organizations SET name = 'Quillfeather Press', slug = 'quillfeather' WHERE id = $1",
    [orgId],
  );
  await visit(page, "/runs");
  await box(page).fill("Quilfeather Pres");
  await box(page).press("Enter");
  await page.getByRole("link", { name: "Quillfeather Press" }).click();
  await expect(page).toHaveURL("/runs?org=quillfeather");
});

test("palette: understands pasted text", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  const palette = page.getByRole("dialog", { name: "Commands" });
  const open = async () => {
    await visit(page, "/audit");
    await page.keyboard.press("Control+k");
    await expect(palette.getByRole("combobox")).toBeFocused();
  };
  for (const text of [`urn:uuid:${id}`, `{${id}}\u200b`]) {
    await open();
    await paste(page, text);
    await expect(palette.getByRole("option", { name: `Go to run ${id}` })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/runs/${id}`);
  }
  await open();
  await paste(page, `see x%2Fruns%2F${id}`);
  await expect(palette.getByRole("option", { name: new RegExp(id.slice(-6)) }).last()).toBeVisible();
  await open();
  await paste(page, "https://shop.example/orders/17");
  await expect(palette.getByRole("status")).toContainText("found in this link");
  await open();
  await paste(page, "no id here ".repeat(1_000));
  await expect(palette.getByRole("status")).toContainText("too long");
});

test.describe("in India", () => {
  test.use({ timezoneId: "Asia/Kolkata" });

  test("time in India: shown beside UTC", async ({ page, console, fixture }) => {
    const id = await makeRun(console.database.owner, fixture);
    await visit(page, `/runs/${id}`);
    const moment = page.getByRole("listitem").getByRole("time").first();
    await moment.hover();
    await expect(moment).toHaveAttribute("title", /^\S+ \S+ UTC · \S+ \S+ UTC\+5:30, your time$/);
  });
});
