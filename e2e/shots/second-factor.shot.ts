import { SIGNED_OUT } from "@/e2e/browser/agent-test";
import { visit } from "@/e2e/browser/visit";
import { makePerson, type Person, TEST_PASSWORD } from "@/test/credentials";
import { settingsOf, startOpenIdProvider } from "@/test/openid-provider";
import { giveApp } from "@/test/second-factor";
import { startServers } from "@/test/server";
import { photograph } from "./photograph";
import { expect, test as base } from "./shot-test";

/** `site`: a console that requires a second factor and offers a provider. */
const test = base.extend<{ person: Person }, { site: string }>({
  person: async ({ console }, use) => {
    const { owner } = console.database;
    const person = await makePerson(owner, { role: "admin" });
    await owner.query("UPDATE people SET name = 'Grace Hopper' WHERE id = $1", [person.id]);
    await use(person);
  },
  site: [
    async ({ console }, use) => {
      const provider = await startOpenIdProvider();
      const providers = [settingsOf(provider, { name: "Okta" })];
      const env = { SECOND_FACTOR: "required", OIDC_PROVIDERS: JSON.stringify(providers) };
      const [server] = await startServers({ databaseUrl: console.database.appUrl, env });
      await use(server!.baseUrl);
      await server!.stop();
      await provider.close();
    },
    { scope: "worker" },
  ],
});

test("second-factor--account", async ({ person, openAs, console }) => {
  const page = await openAs(person);
  await giveApp(console.database.owner, person);
  await visit(page, "/account");
  await photograph(page);
});

test("second-factor--qr-code", async ({ person, openAs }) => {
  const page = await openAs(person);
  await visit(page, "/account");
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("img", { name: "QR code of the secret" })).toBeVisible();
  await photograph(page);
});

test("second-factor--recovery-codes", async ({ person, openAs, console }) => {
  const page = await openAs(person);
  await giveApp(console.database.owner, person);
  await visit(page, "/account");
  await page.getByRole("button", { name: "Create recovery codes" }).click();
  await page.getByRole("button", { name: "Create codes" }).click();
  await expect(page.getByTestId("recovery codes")).toBeVisible();
  await photograph(page);
});

test.describe("signed out", () => {
  test.use({ storageState: SIGNED_OUT });

  test("second-factor--code", async ({ person, page, console }) => {
    await giveApp(console.database.owner, person);
    await visit(page, "/sign-in");
    await page.getByLabel("Email").fill(person.email);
    await page.getByLabel("Password", { exact: true }).fill(TEST_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Code")).toBeFocused();
    await photograph(page);
  });

  test("sign-in--providers-and-passkeys", async ({ page, site }) => {
    await visit(page, `${site}/sign-in`);
    await photograph(page);
  });

  test("second-factor--required", async ({ person, page, site }) => {
    await visit(page, `${site}/sign-in`);
    await page.getByText("Use a password").click();
    await page.getByLabel("Email").fill(person.email);
    await page.getByLabel("Password", { exact: true }).fill(TEST_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/second-factor/);
    await photograph(page);
  });
});
