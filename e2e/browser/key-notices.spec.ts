import { makeKey, makePerson } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import type { Console } from "./test";
import { visit } from "./visit";

const SOURCE = "https://github.example/acme/app/blob/main/.env";

const report = ({ server }: Console, key: string) =>
  fetch(`${server.baseUrl}/v1/leaked-keys`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ key, source_url: SOURCE }),
  });

test("reported key: its owner reads it above the list and on the key's page", async ({ openAs, console }) => {
  const { owner } = console.database;
  const ida = await makePerson(owner, { role: "admin" });
  const key = await makeKey(owner, { ownerId: ida.id });
  const page = await openAs(ida);
  await visit(page, "/keys");
  await expect(page.getByRole("heading", { name: "Your keys need attention" })).toHaveCount(0);
  expect((await report(console, key.text)).status).toBe(202);

  await page.reload();
  const notice = page.getByRole("listitem").filter({ hasText: key.name });
  await expect(notice).toContainText(/was reported as leaked and revoked .*ago\. Replace it\./);
  await expectAccessible(page, "keys, one of them leaked");
  await notice.getByRole("link", { name: key.name }).press("Enter");
  await expect(page.getByText("This key was reported as leaked and revoked at once.")).toBeVisible();
  await expect(page.getByText(`Found at ${SOURCE}`)).toBeVisible();
  await expect(page.getByText(/^Revoked .* by Leaked key report\.$/)).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(key.text);
  await expectAccessible(page, "a leaked key");

  const colleague = await openAs(await makePerson(owner, { role: "admin" }));
  await colleague.setViewportSize({ width: 390, height: 844 });
  await visit(colleague, "/keys");
  await expect(colleague.getByRole("heading", { name: "Your keys need attention" })).toHaveCount(0);
  await visit(colleague, `/keys/${key.id}`);
  await expect(colleague.getByText("This key was reported as leaked")).toBeVisible();
  await expectAccessible(colleague, "a leaked key, narrow");
});

test("key about to expire: its owner reads it once they were warned", async ({ openAs, console }) => {
  const { owner } = console.database;
  const ida = await makePerson(owner, { role: "support" });
  const { orgId } = await seedFixture(owner);
  const key = await makeKey(owner, { ownerId: ida.id, orgId });
  await owner.query("UPDATE api_keys SET expires_at = now() + interval '9 days 1 hour' WHERE id = $1", [
    key.id,
  ]);
  const page = await openAs(ida);
  await visit(page, `/keys/${key.id}`);
  await expect(page.getByText("This key expires")).toHaveCount(0);
  await owner.query("INSERT INTO key_notices (key_id, kind) VALUES ($1, 'expires_in_10_days')", [key.id]);
  await page.reload();
  await expect(page.getByText("This key expires in 9 d")).toBeVisible();
  await expectAccessible(page, "a key that expires soon");
  await visit(page, "/keys");
  const notice = page.getByRole("listitem").filter({ hasText: key.name });
  await expect(notice).toContainText(/expires in 9 d\S*\. Replace it before then\./);
  await expectAccessible(page, "keys, one of them expires soon");
});
