import type { Page } from "@playwright/test";
import { makePerson, type Person, TEST_PASSWORD } from "@/test/credentials";
import { findFreePort } from "@/lib/platform/db/free-port";
import { codeOf, giveApp } from "@/test/second-factor";
import { startServers } from "@/test/server";
import { expectAccessible } from "./accessible";
import { expect, SIGNED_OUT, test as base } from "./agent-test";
import { visit } from "./visit";

/**
 * `site`: the console at a host name, because browsers allow no passkeys at an IP address; it requires a
 * second factor.
 */
const test = base.extend<{ person: Person }, { site: string }>({
  person: async ({ console }, use) => use(await makePerson(console.database.owner, { role: "admin" })),
  site: [
    async ({ console }, use) => {
      const port = await findFreePort();
      const origin = `http://localhost:${port}`;
      const [server] = await startServers({
        databaseUrl: console.database.appUrl,
        env: { PORT: String(port), NEXTAUTH_URL: origin, SECOND_FACTOR: "required" },
      });
      await use(origin);
      await server!.stop();
    },
    { scope: "worker" },
  ],
});
test.use({ storageState: SIGNED_OUT });

const dialogOf = (page: Page, name: string | RegExp) =>
  page.getByRole("dialog", { name }).or(page.getByRole("alertdialog", { name }));
const panel = (page: Page) => page.getByRole("region", { name: "Second factor" });

async function enterPassword(page: Page, { email }: Person): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(TEST_PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Through the dialog, with the code of the previous time step. */
async function addApp(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  await expectAccessible(page, "authenticator app, before its secret");
  await dialogOf(page, "Set up an authenticator app").getByRole("button", { name: "Continue" }).click();
  const dialog = dialogOf(page, "Scan the QR code");
  await expect(dialog.getByRole("img", { name: "QR code of the secret" })).toBeVisible();
  await expectAccessible(page, "authenticator app, its secret");
  const secret = await dialog.getByTestId("secret").innerText();
  const code = dialog.getByLabel("Code", { exact: true });
  await code.fill("abcdef");
  await code.press("Enter");
  await expect(code).toHaveAccessibleDescription(/isn’t the app’s current code/);
  await code.fill(codeOf(secret, -1));
  await code.press("Enter");
  return secret;
}

test("authenticator app: is set up, and the next sign-in asks for its code", async ({
  person,
  openAs,
  page,
  faults,
}) => {
  faults.expect(/status of (401|422)/, /factors: .* 422/);
  const own = await openAs(person);
  await visit(own, "/account");
  await expect(panel(own)).toContainText("None.");
  const secret = await addApp(own);
  await dialogOf(own, "Create recovery codes?").getByRole("button", { name: "Create codes" }).click();
  const shown = dialogOf(own, "Your recovery codes");
  const codes = (await shown.getByTestId("recovery codes").innerText()).split("\n");
  expect(codes).toHaveLength(10);
  await expectAccessible(own, "recovery codes");
  await shown.getByRole("button", { name: "I’ve saved them" }).click();
  await expect(panel(own).getByRole("listitem")).toContainText("Authenticator app");
  await expect(panel(own)).toContainText("10 left");
  await expectAccessible(own, "account with a factor");

  await visit(page, "/sign-in?next=%2Faccount");
  await enterPassword(page, person);
  const box = page.getByLabel("Code");
  await expect(box).toBeFocused();
  await expectAccessible(page, "second step");
  await box.press("Enter");
  await expect(box).toHaveAccessibleDescription("Enter a code.");
  await box.fill("abcdef");
  await box.press("Enter");
  await expect(box).toHaveAccessibleDescription(/isn’t right/);
  await expect(box).toBeFocused();
  await page.getByRole("button", { name: "Back" }).click();
  await enterPassword(page, person);
  await box.fill(codeOf(secret));
  await box.press("Enter");
  await expect(page).toHaveURL("/account");

  // A recovery code works the same way.
  await page.context().clearCookies();
  await visit(page, "/sign-in?next=%2Faccount");
  await enterPassword(page, person);
  await box.fill(codes[0]!.toLowerCase());
  await box.press("Enter");
  await expect(page).toHaveURL("/account");
  await expect(panel(page)).toContainText("9 left");
});

test("change that needs a recent sign-in: asks for the password and a code", async ({
  person,
  openAs,
  console,
  faults,
}) => {
  faults.expect(/recovery-codes: .* 403/, /status of 403/);
  const { owner } = console.database;
  const page = await openAs(person);
  const { secret } = await giveApp(owner, person);
  await visit(page, "/account");
  await owner.query("UPDATE sessions SET authenticated_at = now() - interval '1 day' WHERE person_id = $1", [
    person.id,
  ]);
  await panel(page).getByRole("button", { name: "Create recovery codes" }).click();
  await dialogOf(page, "Create recovery codes?").getByRole("button", { name: "Create codes" }).click();
  const confirm = dialogOf(page, "Confirm it’s you");
  const code = confirm.getByLabel("Code", { exact: true });
  await confirm.getByLabel("Password", { exact: true }).fill(TEST_PASSWORD);
  await code.press("Enter");
  await expect(code).toHaveAccessibleDescription("Enter a code.");
  await expectAccessible(page, "step-up with a code");
  await code.fill(codeOf(secret));
  await code.press("Enter");
  await expect(dialogOf(page, "Your recovery codes")).toBeVisible();
});

test("factor: is renamed and removed; an admin resets a colleague's", async ({ person, openAs, console }) => {
  const { owner } = console.database;
  const page = await openAs(person);
  await giveApp(owner, person);
  await visit(page, "/account");
  await panel(page).getByRole("button", { name: "Rename Phone" }).click();
  const name = dialogOf(page, "Rename this factor").getByLabel("Name");
  await name.fill("Old phone");
  await name.press("Enter");
  await panel(page).getByRole("button", { name: "Remove Old phone" }).click();
  await expectAccessible(page, "removing a factor");
  await dialogOf(page, "Remove this factor?").getByRole("button", { name: "Remove" }).click();
  await expect(panel(page)).toContainText("None.");

  const colleague = await makePerson(owner);
  await giveApp(owner, colleague);
  await visit(page, `/people/${colleague.id}`);
  const details = page.getByRole("region", { name: "Details" });
  await expect(details).toContainText("Password and a second factor");
  await page.getByRole("button", { name: "Reset second factor" }).click();
  await expectAccessible(page, "resetting a second factor");
  await dialogOf(page, /^Reset this person/)
    .getByRole("button", { name: "Reset second factor" })
    .click();
  await expect(details).not.toContainText("second factor");
  await expect(page.getByRole("button", { name: "Reset second factor" })).toHaveCount(0);
});

/** An authenticator of the browser that verifies its person. */
async function addAuthenticator(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const setVerified = (isUserVerified: boolean) =>
    cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return { setVerified };
}

test("required: a passkey is set up before anything else, and then signs in alone and confirms", async ({
  person,
  page,
  site,
  console,
  faults,
}) => {
  faults.expect(/status of (401|403)/, /recovery-codes: .* 403/);
  const authenticator = await addAuthenticator(page);
  await visit(page, `${site}/people`);
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
  await expectAccessible(page, "sign-in with passkeys");
  await enterPassword(page, person);
  await expect(page).toHaveURL(`${site}/second-factor?next=%2Fpeople`);
  await visit(page, `${site}/runs`);
  await expect(page).toHaveURL(`${site}/second-factor?next=%2Fruns`);
  await expectAccessible(page, "required second factor");

  await page.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = dialogOf(page, "Add a passkey");
  await expectAccessible(page, "adding a passkey");
  await dialog.getByLabel("Name").fill("Laptop");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await dialogOf(page, "Create recovery codes?").getByRole("button", { name: "Create codes" }).click();
  await page.getByRole("button", { name: "I’ve saved them" }).click();
  await expect(page).toHaveURL(`${site}/runs`);

  // Without the person's fingerprint or PIN, it proves nothing.
  await page.context().clearCookies();
  await visit(page, `${site}/sign-in?next=%2Faccount`);
  await authenticator.setVerified(false);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(
    page.getByRole("alert").filter({ hasText: /No passkey was used|doesn’t belong/ }),
  ).toBeVisible();
  await authenticator.setVerified(true);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(`${site}/account`);
  await expect(panel(page).getByRole("listitem")).toContainText("Laptop");
  await expect(panel(page).getByRole("button", { name: "Remove Laptop" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  // Step-up with it.
  await console.database.owner.query(
    "UPDATE sessions SET authenticated_at = now() - interval '1 day' WHERE person_id = $1",
    [person.id],
  );
  await panel(page).getByRole("button", { name: "Replace recovery codes" }).click();
  await dialogOf(page, "Create recovery codes?").getByRole("button", { name: "Create codes" }).click();
  const confirm = dialogOf(page, "Confirm it’s you");
  await expectAccessible(page, "step-up with a passkey");
  await confirm.getByRole("button", { name: "Use your passkey" }).click();
  await page.getByRole("button", { name: "I’ve saved them" }).click();

  // Second step after the password.
  await page.context().clearCookies();
  await visit(page, `${site}/sign-in?next=%2Faccount`);
  await enterPassword(page, person);
  await expect(page.getByLabel("Recovery code")).toBeVisible();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL(`${site}/account`);
});
