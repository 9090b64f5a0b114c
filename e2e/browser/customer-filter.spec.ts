import { makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

test("customer filter: searches the server, works by keyboard, and names the URL's customer", async ({
  openAs,
  console,
}) => {
  const { owner } = console.database;
  const { orgId } = await seedFixture(owner);
  await owner.query("UPDATE organizations SET name = 'Quillon Press', slug = 'quillon' WHERE id = $1", [
    orgId,
  ]);
  const page = await openAs(await makePerson(owner, { role: "admin" }));
  await visit(page, "/security");
  const chip = page.getByRole("button", { name: /^Customer/ });
  await chip.click();
  const popup = page.getByRole("dialog", { name: "Filter by customer" });
  const search = popup.getByRole("searchbox", { name: "Search customers" });
  await expect(search).toBeFocused();
  await page.keyboard.type("quil");
  await expect(popup.getByRole("radio")).toHaveCount(1);
  await expect(popup.getByRole("status")).toHaveText("1 customer");
  await expectAccessible(page, "customer filter");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/security?org=quillon");
  await page.keyboard.press("Escape");
  await expect(chip).toHaveText("CustomerQuillon Press");

  await visit(page, page.url());
  await expect(chip).toHaveText("CustomerQuillon Press");
  await chip.click();
  await expect(popup.getByRole("radio", { name: "Quillon Press" })).toBeChecked();
  await search.fill("nobody is called so");
  await expect(popup).toContainText("No customers match.");
  await expect(popup.getByRole("radio")).toHaveCount(0);
});

test("customer filter: offers no customer out of reach", async ({ openAs, console }) => {
  const { owner } = console.database;
  const [here, there] = [await seedFixture(owner), await seedFixture(owner)];
  const page = await openAs(await makePerson(owner, { role: "admin", orgIds: [here.orgId] }));
  await visit(page, "/security");
  await page.getByRole("button", { name: /^Customer/ }).click();
  const popup = page.getByRole("dialog", { name: "Filter by customer" });
  await expect(popup.getByRole("radio")).toHaveCount(1);
  await popup.getByRole("searchbox").fill(there.orgId);
  await expect(popup).toContainText("No customers match.");
});
