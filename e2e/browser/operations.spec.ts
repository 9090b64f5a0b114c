import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { makePerson } from "@/test/credentials";
import { lockJob, makeFailedJob, readJob } from "@/test/jobs";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

const problems = (page: Page) => page.getByRole("region", { name: "Problems" });
const region = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const SOON = { timeout: 15_000 };

const register = (owner: Pool, host: string, age: string) =>
  owner.query(
    `INSERT INTO processes (id, kind, version, revision, host, pid, started_at, seen_at)
     VALUES (uuidv7(), 'worker', '0.1.0', '', $1, 4242, now() - interval '3 hours', now() - $2::interval)`,
    [host, age],
  );

test("dead worker, frozen sealer and failed job: said in words, the critical ones first", async ({
  openAs,
  console,
}) => {
  const { owner } = console.database;
  const admin = await openAs(await makePerson(owner, { role: "admin" }));
  await visit(admin, "/operations");
  await register(owner, "worker-of-spec", "4 minutes");
  const job = await makeFailedJob(owner, { error: "550 <ada@example.com> rejected" });
  await owner.query(
    `WITH run AS (SELECT * FROM audit_unsealed ORDER BY entry_id LIMIT 1)
     UPDATE audit_unsealed SET occurred_at = now() - interval '5 minutes' WHERE entry_id = (SELECT entry_id FROM run)`,
  );
  // The sign-in of this test's person is one such entry: no worker seals here.
  await expect(problems(admin)).toContainText("Critical: No worker is running.", SOON);
  await expect(problems(admin)).toContainText("The audit trail isn’t being sealed");
  await expect(problems(admin)).toContainText("failed for good");
  await expect(problems(admin)).toContainText("worker worker-of-spec:4242");
  const severities = await problems(admin).getByRole("listitem").allInnerTexts();
  const order = severities.map((text) => ["Critical", "Warning", "Notice"].indexOf(/^\w+/.exec(text)![0]));
  expect(order).toEqual(order.toSorted());

  const row = region(admin, "Failed jobs")
    .getByRole("row")
    .filter({ hasText: `#${job.id}` });
  await expect(row).toContainText("550 <(email)> rejected");
  await expect(region(admin, "Processes")).toContainText("worker-of-spec:4242");
  await expect(region(admin, "Migrations")).toContainText("All applied.");
  await expectAccessible(admin, "operations with problems");

  // Other tests may have a failed job of another task at the same time.
  const link = problems(admin).getByRole("link", { name: "See failed jobs" });
  await link.first().click();
  await expect(region(admin, "Failed jobs")).toBeInViewport();
  await owner.query("DELETE FROM processes WHERE host = 'worker-of-spec'");
});

test("Run again, by keyboard: once for two people; the second learns it", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/\/retry: .* 409/);
  const { owner } = console.database;
  const job = await makeFailedJob(owner);
  const name = new RegExp(`^Run again ?: make_months #${job.id}$`);
  const [first, second] = [
    await openAs(await makePerson(owner, { role: "admin" })),
    await openAs(await makePerson(owner, { role: "admin" })),
  ];
  for (const page of [first, second]) {
    await visit(page, "/operations");
    await page.getByRole("button", { name }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alertdialog")).toContainText("Run this job again?");
    await expect(page.getByRole("button", { name: "Not now" })).toBeFocused();
  }
  await expectAccessible(first, "run again");
  await first.keyboard.press("Tab");
  await first.keyboard.press("Enter");
  await expect(first.getByRole("alertdialog")).toBeHidden();
  await expect(first.getByText(`make_months #${job.id} runs again.`)).toBeFocused();
  await expect(first.getByRole("button", { name })).toBeHidden(SOON);
  expect(await readJob(owner, job.id)).toMatchObject({ attempts: 2, revision: 1 });

  await second.getByRole("alertdialog").getByRole("button", { name: "Run again" }).click();
  await expect(second.getByRole("alertdialog")).toContainText("Someone else has run this job again");
  await second.keyboard.press("Escape");
  await expect(second.getByRole("alertdialog")).toBeHidden();
  expect(await readJob(owner, job.id)).toMatchObject({ attempts: 2, revision: 1 });
});

test("running job: shown with its worker and how long it runs", async ({ openAs, console }) => {
  const { owner } = console.database;
  const job = await makeFailedJob(owner);
  await lockJob(owner, job.id, 125);
  await owner.query(
    `INSERT INTO worker_heartbeats (id, process, beat_at) VALUES ('worker-x', 'host-9:77', now()) ON CONFLICT DO NOTHING`,
  );
  const admin = await openAs(await makePerson(owner, { role: "admin" }));
  await visit(admin, "/operations");
  const row = region(admin, "Running jobs")
    .getByRole("row")
    .filter({ hasText: `#${job.id}` });
  await expect(row).toContainText("host-9:77");
  await expect(row).toContainText("2 min ago");
  await owner.query("DELETE FROM graphile_worker._private_jobs WHERE id = $1", [job.id]);
  await expect(row).toBeHidden(SOON);
});

test("admin with one customer: sees the state, and why jobs can't be run again", async ({
  openAs,
  console,
  fixture,
}) => {
  const { owner } = console.database;
  await makeFailedJob(owner);
  const admin = await openAs(await makePerson(owner, { role: "admin", orgIds: [fixture.orgId] }));
  await visit(admin, "/operations");
  await expect(region(admin, "Failed jobs")).toContainText("you don’t have access to all of them");
  await expect(admin.getByRole("button", { name: /^Run again/ }).first()).toBeDisabled();
});

test("support agent: the page says which permission is missing", async ({ page }) => {
  await visit(page, "/operations");
  await expect(page.getByRole("main")).toContainText("operations.read");
});
