import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { openDialog, revealPayloads, runPage } from "./run-page";
import { visit } from "./visit";

test("j and k: go from run to run of a list; Back returns to the list", async ({ page, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const ids = [];
  for (const ageMs of [1_000, 2_000, 3_000]) ids.push(await makeRun(owner, fixture, { ageMs }));
  const list = `/runs?q=${encodeURIComponent(`model:'${fixture.model}'`)}`;
  await visit(page, list);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const run = runPage(page);
  await expect(run.title(ids[0]!)).toBeVisible();
  const nav = page.getByRole("navigation", { name: "Previous and next run" });
  await expect(nav).toContainText("1 of 3 in the list");
  await expect(nav.getByRole("link", { name: "Previous run" })).toBeDisabled();
  await page.keyboard.press("j");
  await expect(run.title(ids[1]!)).toBeVisible();
  await nav.getByRole("link", { name: "Next run" }).click();
  await expect(run.title(ids[2]!)).toBeVisible();
  await expectAccessible(page, "a run of a list");
  await page.keyboard.press("k");
  await expect(run.title(ids[1]!)).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(list);
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("link");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(run.title(ids[1]!)).toBeVisible();
  await nav.getByRole("link", { name: "2 of 3 in the list" }).click();
  await expect(page).toHaveURL(list);

  await visit(page, `/runs/${await makeRun(owner, fixture)}`);
  await expect(nav).toBeHidden();
});

test("run summary: copied for the ticket", async ({ page, context, console, fixture, agent }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821: *sent twice*");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await expect(run.timeline).toContainText("*sent twice*");
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await page.getByRole("button", { name: "Copy summary" }).click();
  await expect(page.getByText("Copied summary.")).toBeAttached();
  const summary = await page.evaluate(() => navigator.clipboard.readText());
  expect(summary).toContain(`**[Run ${id}](${new URL(page.url()).origin}/runs/${id}): canceled**`);
  expect(summary).toContain(`- Canceled by: ${agent.name}`);
  expect(summary).toContain(String.raw`- Reason: Ticket \#4821: \*sent twice\*`);
});

test("duplicates: each run links to the other, and says which came first and whether the inputs differ", async ({
  page,
  console,
  fixture,
}) => {
  const { owner } = console.database;
  const first = await makeRun(owner, fixture, { ageMs: 20_000 });
  const second = await makeRun(owner, fixture, { ageMs: 16_000 });
  await owner.query(
    `UPDATE runs SET client_ref = 'order ''1''', input = '{"prompt":"a secret","seed":1}' WHERE id = ANY($1)`,
    [[first, second]],
  );
  await visit(page, `/runs/${first}`);
  const duplicates = page.getByRole("region", { name: "Possible duplicates" });
  await expect(duplicates).toContainText("This run is the first of 2 runs with this client ref");
  await expect(duplicates).toContainText("Their inputs are identical.");
  expect(await page.content()).not.toContain("a secret");
  await expectAccessible(page, "a run with a duplicate");
  await duplicates.getByRole("link", { name: second }).click();
  const run = runPage(page);
  await expect(run.title(second)).toBeVisible();
  await expect(duplicates).toContainText(/sent 4\.\d s after the first\./);
  await expect(duplicates.getByRole("listitem").nth(1)).toContainText(/Second.*This run/);

  await owner.query(`UPDATE runs SET input = '{"prompt":"a secret", "seed":1}' WHERE id = $1`, [first]);
  await page.reload();
  await expect(duplicates).toContainText("Their inputs differ.");
  await duplicates.getByRole("link", { name: /same client ref/ }).click();
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(3);
});

test("run's JSON: byte-exact, foldable and searchable by keyboard", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  const images = Array.from(
    { length: 20 },
    (_, n) => `{"url":"https://cdn.example/${n}.png","seed":12345678901234567890}`,
  );
  await owner.query("UPDATE runs SET input = $1 WHERE id = $2", [
    `{"prompt":"A {cat}","ratio":1.0,"images":[${images.join(",")}]}`,
    id,
  ]);
  await visit(page, `/runs/${id}`);
  const json = page.getByRole("region", { name: "Input as JSON" });
  await revealPayloads(page);
  await expect(json).toContainText("12345678901234567890");
  await expect(json).toContainText('"ratio": 1.0');
  await json.getByRole("button", { name: 'Fold "images"' }).click();
  await expect(json.getByText("cdn.example")).toHaveCount(0);
  await expect(json).toContainText('"images": [ … ]');
  await expectAccessible(page, "JSON, folded");

  const search = page.getByRole("searchbox", { name: "Search input" });
  await search.fill("cdn.example/1");
  const panel = page.getByRole("region", { name: "Input", exact: true });
  await expect(panel.getByRole("status").filter({ hasText: "of" })).toHaveText("1 of 11");
  await expect(json.getByText("cdn.example/1.png")).toBeInViewport();
  await search.press("Shift+Enter");
  await expect(panel.getByText("11 of 11")).toBeVisible();
  await expect(json.getByText("cdn.example/19.png")).toBeInViewport();
  await expectAccessible(page, "JSON, searched");
  await search.fill("dog");
  await expect(panel.getByText("Not found")).toBeVisible();
});

test("payloads: masked until a permitted person reveals them with a recorded reason", async ({
  page,
  openAs,
  console,
  fixture,
  agent,
}) => {
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  await owner.query(`UPDATE runs SET input = '{"prompt": "a secret"}' WHERE id = $1`, [id]);
  await visit(page, `/runs/${id}`);
  const json = page.getByRole("region", { name: "Input as JSON" });
  await expect(json).toBeHidden();
  await page.getByText("Show field names").click();
  await expect(json).toContainText('"prompt": "•••"');
  expect(await page.content()).not.toContain("a secret");
  await page.getByRole("button", { name: "Reveal payloads" }).click();
  const dialog = page.getByRole("dialog", { name: "Reveal the payloads?" });
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await dialog.getByRole("button", { name: "Reveal payloads" }).click();
  await expect(dialog.getByLabel("Reason")).toHaveAccessibleDescription(/at least 3 characters/);
  await expectAccessible(page, "revealing payloads, no reason");
  await dialog.getByRole("button", { name: "Keep masked" }).click();
  await expect(page.getByRole("button", { name: "Reveal payloads" })).toBeFocused();
  const { trail } = runPage(page);
  const topOfTrail = () => trail.evaluate((panel) => panel.getBoundingClientRect().top + scrollY);
  const top = await topOfTrail();
  await revealPayloads(page, "Ticket #4821: what was the prompt?");
  await expect(json).toContainText("a secret");
  await expect(trail).toContainText("Revealed payloads");
  expect(await topOfTrail()).toBe(top);
  await expect(trail).toContainText(`${agent.name}`);
  await expect(trail).toContainText("Ticket #4821: what was the prompt?");
  await expectAccessible(page, "payloads that were revealed");

  const auditor = await openAs(await makePerson(owner, { role: "auditor" }));
  await visit(auditor, `/runs/${id}`);
  const button = auditor.getByRole("button", { name: "Reveal payloads" });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(
    "Your role doesn’t include revealing payloads. Ask an admin for the permission runs.payload.reveal.",
  );
  expect(await auditor.content()).not.toContain("a secret");
});
