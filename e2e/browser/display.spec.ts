import { makePerson } from "@/test/credentials";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

/** The first is the checkbox that selects the page. */
const heads = [
  "",
  "Status",
  "Run",
  "Model",
  "Customer",
  "Client ref",
  "Created",
  "Duration",
  "Cost, USD",
  "Actions",
];

// Wide enough for every default column.
test.use({ viewport: { width: 1440, height: 900 } });

test("columns, density and order: kept in the URL, so a colleague sees the same table", async ({
  page,
  openAs,
  console,
}) => {
  await visit(page, "/runs");
  const table = page.getByRole("table", { name: "Runs" });
  await expect(table.getByRole("columnheader")).toHaveText(heads, { useInnerText: true });
  const menu = page.getByRole("dialog", { name: "Display" });
  const open = page.getByRole("button", { name: "Display" });
  await open.focus();
  await page.keyboard.press("Enter");
  await expect(menu.getByRole("combobox", { name: "Order" })).toBeFocused();
  await menu.getByRole("checkbox", { name: "Client ref" }).press("Space");
  await expect(table.getByRole("columnheader", { name: "Client ref" })).toHaveCount(0);
  await menu.getByRole("checkbox", { name: "Request ID" }).press("Space");
  await expect(table.getByRole("columnheader", { name: "Request ID" })).toBeVisible();
  await menu.getByRole("radio", { name: "Compact" }).check();
  await expect(table).toHaveAttribute("data-density", "compact");
  await expectAccessible(page, "display menu");
  await page.keyboard.press("Escape");
  await expect(open).toBeFocused();

  await table.getByRole("button", { name: "Cost, USD" }).click();
  const address =
    "/runs?sort=cost%3Adesc&columns=model%2Ccustomer%2Crequest_id%2Ccreated%2Cduration%2Ccost&density=compact";
  await expect(page).toHaveURL(address);
  await expect(table.getByRole("columnheader", { name: "Cost, USD" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  const shown = await table.getByRole("row").allTextContents();
  await expectAccessible(page, "chosen columns");

  const colleague = await openAs(await makePerson(console.database.owner, { role: "auditor" }));
  await visit(colleague, address);
  const theirs = colleague.getByRole("table", { name: "Runs" });
  await expect(theirs.getByRole("row")).toHaveCount(shown.length);
  await expect(theirs.getByRole("columnheader")).toHaveText(
    ["", "Status", "Run", "Model", "Customer", "Request ID", "Created", "Duration", "Cost, USD", "Actions"],
    { useInnerText: true },
  );
  await expect(theirs).toHaveAttribute("data-density", "compact");

  await open.click();
  await menu.getByRole("button", { name: "Reset to default" }).click();
  await expect(page).toHaveURL("/runs");
  await expect(table.getByRole("columnheader")).toHaveText(heads, { useInnerText: true });
});

test("order: applies to the list, and pages keep it", async ({ page }) => {
  for (const [name, head, field] of [
    ["Dearest first", "Cost, USD", "cost"],
    ["Longest first", "Duration", "duration_ms"],
  ] as const) {
    await visit(page, "/runs");
    await page.getByRole("button", { name: "Display" }).click();
    await page.getByRole("dialog", { name: "Display" }).getByRole("combobox").selectOption(name);
    await expect(page).toHaveURL(`/runs?sort=${field}%3Adesc`);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Next" }).click();
    await expect(page).toHaveURL(new RegExp(`sort=${field}%3Adesc&at=.*&pq=`));
    const columnHead = page.getByRole("columnheader", { name: head });
    await expect(columnHead).toHaveAttribute("aria-sort", "descending");
    await columnHead.getByRole("button").click();
    await expect(page).toHaveURL(`/runs?sort=${field}%3Aasc`);
    await expect(columnHead).toHaveAttribute("aria-sort", "ascending");
  }
});
