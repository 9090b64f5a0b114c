import { makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { makeSigningKey } from "@/lib/audit/signing/sign-note";
import { makePerson } from "@/test/credentials";
import type { TestDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { growTrail, sealAll } from "@/test/grow-trail";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

const key = makeSigningKey(Buffer.alloc(32, 1));
const FOLDER = "file:///var/lib/runflow/checkpoints/";
const BUCKET = "s3://evidence/runflow/production/";

/** Publishes a checkpoint to one target but not to the other. */
async function makeCopied(database: TestDatabase): Promise<number> {
  await growTrail(database, [await seedFixture(database.owner)], 1);
  const { number } = (await makeCheckpoint(database.workerDb, [key]))!;
  await database.worker.query(
    "INSERT INTO audit_checkpoint_publications (target, number) VALUES ($2, $1), ($3, $1)",
    [number, FOLDER, BUCKET],
  );
  await database.worker.query(
    `UPDATE audit_checkpoint_publications SET attempts = 3,
       published_at = CASE WHEN target = $2 THEN now() END,
       last_error = CASE WHEN target = $3 THEN 'answered 403: AccessDenied' END
     WHERE number = $1`,
    [number, FOLDER, BUCKET],
  );
  return number;
}

test("checkpoints: shown with copies, faults and keys", async ({ page, console: { database } }) => {
  const number = await makeCopied(database);
  await visit(page, "/audit");
  await page.getByRole("link", { name: "Checkpoints" }).click();
  await expect(page).toHaveTitle("Checkpoints · Runflow console");
  const panel = page.getByRole("region", { name: `Checkpoint ${number}` });
  await expect(panel).toContainText("1 of 2 copied");
  await expect(panel).toContainText(key.id.toString("hex"));
  await page.getByText("All checkpoints", { exact: true }).click();
  const row = page
    .getByRole("table", { name: "Checkpoints" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell", { name: String(number), exact: true }) });
  await expect(row).toContainText(key.id.toString("hex"));
  await expect(row.getByRole("listitem").filter({ hasText: FOLDER })).toContainText("copied");
  await expect(row.getByRole("listitem").filter({ hasText: BUCKET })).toContainText(
    "not copied after 3 tries: answered 403: AccessDenied",
  );
  const keys = page.getByRole("region", { name: "Verifier keys" });
  await expect(keys).toContainText(key.verifierKey);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await keys.getByRole("button", { name: `Copy verifier key ${key.id.toString("hex")}` }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(key.verifierKey);
  await expectAccessible(page, "checkpoints");
});

test("forwarding target: shown with its backlog and last error", async ({ page, console: { database } }) => {
  await growTrail(database, [await seedFixture(database.owner)], 1);
  const [failing, whole] = ["https://siem.example/collect", "https://archive.example/trail"];
  await database.worker.query("INSERT INTO audit_forwarding (target) VALUES ($1), ($2)", [failing, whole]);
  await database.worker.query(
    "UPDATE audit_forwarding SET failures = 3, last_error = 'answered 503' WHERE target = $1",
    [failing],
  );
  // The worker can't skip entries; the database owner can mark a target as complete.
  await database.owner.query(
    "UPDATE audit_forwarding SET position = (SELECT max(position) FROM audit_seals) WHERE target = $1",
    [whole],
  );
  await visit(page, "/audit/checkpoints");
  const endpoints = page.getByRole("region", { name: "Forwarding" }).getByRole("listitem");
  const first = endpoints.filter({ hasText: failing });
  await expect(first).toContainText(/Lacks [\d,]+ entr(y|ies) after position 0, the oldest sealed/);
  await expect(first).toContainText("Failed 3 times in a row: answered 503");
  await expect(endpoints.filter({ hasText: whole })).toContainText(/Up to date at position [\d,]+/);
  await expectAccessible(page, "checkpoints, with forwarding");
});

test("invalid cursor: falls back to the newest page", async ({ page }) => {
  await visit(page, "/audit/checkpoints?pq=x");
  await expect(page.getByText("This page of the list is gone")).toBeVisible();
  await expectAccessible(page, "checkpoints, no such page");
});

test("checkpoint request: an auditor sees it arrive; support sees who may request one", async ({
  page,
  openAs,
  console: { database },
}) => {
  await makeCopied(database);
  const auditor = await openAs(await makePerson(database.owner, { role: "auditor" }));
  await visit(auditor, "/audit/checkpoints");
  const press = auditor.getByRole("button", { name: "Create checkpoint" });
  await press.click();
  await expect(auditor.getByText("Requested.")).toBeVisible();
  await expectAccessible(auditor, "checkpoints, one is awaited");
  await sealAll(database.worker);
  const made = await makeCheckpoint(database.workerDb, [key]);
  await expect(auditor.getByText(`Checkpoint ${made!.number} created.`)).toBeVisible({ timeout: 10_000 });
  await expect(auditor.getByRole("region", { name: `Checkpoint ${made!.number}` })).toBeVisible();

  await visit(page, "/audit/checkpoints");
  const forSupport = page.getByRole("button", { name: "Create checkpoint" });
  await expect(forSupport).toHaveAttribute("aria-disabled", "true");
  await expect(forSupport).toHaveAccessibleDescription(
    "Your role doesn’t include creating checkpoints. Ask an admin for the permission audit.checkpoint.",
  );
  await forSupport.click({ force: true });
  await expect(page.getByText("Requested.")).toHaveCount(0);
});
