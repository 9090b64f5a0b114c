import { callHttp } from "@/test/call-http";
import { makeKey, makePerson } from "@/test/credentials";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

test("rotate a key by keyboard: shown once, both work, and each page leads to the other", async ({
  openAs,
  console,
}) => {
  const { owner } = console.database;
  const ida = await makePerson(owner, { role: "admin" });
  const old = await makeKey(owner, { ownerId: ida.id });
  const statusOf = async (text: string) =>
    (
      await callHttp(console.server.baseUrl, "GET", "/v1/auth/me", {
        headers: { Authorization: `Bearer ${text}` },
      })
    ).status;
  const page = await openAs(ida);
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, `/keys/${old.id}`);
  const rotate = page.getByRole("button", { name: "Rotate key…" });
  await rotate.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Rotate this key?" });
  await expect(dialog.getByRole("radio", { name: "For a day" })).toBeChecked();
  await expectAccessible(page, "rotating a key");
  await dialog.getByRole("radio", { name: "For an hour" }).check();
  await dialog.getByRole("button", { name: "Rotate key" }).press("Enter");
  const shown = page.getByRole("alertdialog", { name: "Your new key" });
  const text = await shown.getByTestId("key").innerText();
  await expectAccessible(page, "a rotated key, shown once");
  const kept = shown.getByRole("button", { name: "I’ve saved the key" });
  await expect(kept).not.toHaveAttribute("aria-disabled");
  await kept.press("Enter");
  expect([await statusOf(old.text), await statusOf(text)]).toEqual([200, 200]);

  const line = page.getByText(
    /^Rotated\. The new key replaces it; this one stops working in (59 min|1 h)\.$/,
  );
  await expect(line).toBeVisible();
  await expect(rotate).toBeDisabled();
  await expect(rotate).toHaveAccessibleDescription(/^Rotated\./);
  await expect(rotate).toBeFocused();
  expect(await page.content()).not.toContain(text);
  await expectAccessible(page, "a key that was rotated");
  await page.getByRole("link", { name: "The new key" }).press("Enter");
  await expect(page.getByText("It replaces an older key.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Audit trail" })).toContainText("Created key");
  await page.getByRole("link", { name: "an older key" }).press("Enter");
  await expect(page.getByRole("region", { name: "Audit trail" })).toContainText("Rotated key");
});

test("rotated by a colleague meanwhile: refused in the dialog, without a key", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/\/rotation: .* 409/);
  const { owner } = console.database;
  const ida = await makePerson(owner, { role: "admin" });
  const [old, next] = [await makeKey(owner, { ownerId: ida.id }), await makeKey(owner, { ownerId: ida.id })];
  const page = await openAs(ida);
  await visit(page, `/keys/${old.id}`);
  await page.getByRole("button", { name: "Rotate key…" }).click();
  await owner.query(
    "UPDATE api_keys SET rotated_to = $2, expires_at = now() + interval '1 h' WHERE id = $1",
    [old.id, next.id],
  );
  const dialog = page.getByRole("dialog", { name: "Rotate this key?" });
  await dialog.getByRole("button", { name: "Rotate key" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The key was already rotated. Rotate its successor.");
});
