import { openDialog } from "@/e2e/browser/run-page";
import { visit } from "@/e2e/browser/visit";
import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";
import { makeTellingRun } from "./telling-run";

test("overview", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  await makeRun(owner, fixture, { ageMs: 900_000 });
  for (let count = 0; count < 4; count++) await makeRun(owner, fixture, { status: "failed" });
  await owner.query(
    `INSERT INTO delivery_endpoints (org_id, origin, failures_in_row, open_until)
     VALUES ($1, 'https://hooks.nordlicht.example', 14, now() + interval '9 min') ON CONFLICT DO NOTHING`,
    [fixture.orgId],
  );
  const run = await openDialog(page, await makeTellingRun(owner, fixture));
  await run.reason.fill("Ticket #4821: duplicate submission");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await visit(page, "/");
  await photograph(page);
});

test("overview--calm", async ({ openAs, console }) => {
  const { owner } = console.database;
  const newcomer = await openAs(await makePerson(owner, { orgIds: [(await seedFixture(owner)).orgId] }));
  await visit(newcomer, "/");
  await photograph(newcomer);
});

test("overview--admin", async ({ admin }) => {
  await visit(admin, "/");
  await photograph(admin);
});

test("overview--admin-numbers", async ({ admin }) => {
  await visit(admin, "/");
  await admin.getByText("View as table").click();
  await photograph(admin);
});
