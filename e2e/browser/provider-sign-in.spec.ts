import type { Page } from "@playwright/test";
import { callHttp } from "@/test/call-http";
import { makePerson, TEST_PASSWORD } from "@/test/credentials";
import { type OpenIdProvider, settingsOf, startOpenIdProvider } from "@/test/openid-provider";
import { startServers, type TestServerProcess } from "@/test/server";
import { expectAccessible } from "./accessible";
import { expect, SIGNED_OUT, test as base } from "./agent-test";
import { MARKUP, PolicyWatch } from "./policy-watch";
import { expectAlive, visit } from "./visit";

const NAME = "Company SSO";
const SCIM_TOKEN = "scim-token-of-the-browser-test-0123456789";

/** A console whose people sign in at a real OpenID provider. */
type Sso = { server: TestServerProcess; provider: OpenIdProvider };
const test = base.extend<object, { sso: Sso }>({
  sso: [
    async ({ console }, use) => {
      const provider = await startOpenIdProvider();
      const [server] = await startServers({
        databaseUrl: console.database.appUrl,
        env: {
          OIDC_PROVIDERS: JSON.stringify([
            settingsOf(provider, { link_by_email: true, scim_token: SCIM_TOKEN }),
          ]),
        },
      });
      provider.addConsole(server!.baseUrl);
      await use({ server: server!, provider });
      await server!.stop();
      await provider.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ sso }, use) => use(sso.server.baseUrl),
});
test.use({ storageState: SIGNED_OUT });

const button = (page: Page) => page.getByRole("button", { name: `Continue with ${NAME}` });

/** Through the provider's page. */
async function signIn(page: Page, { name }: { name: string }): Promise<void> {
  await button(page).click();
  await page.getByRole("button", { name, exact: true }).click();
}

const forget = (page: Page) => page.context().clearCookies();
const makeAccount = ({ provider }: Sso, groups: string[]) =>
  provider.setAccount({ name: `Kim ${crypto.randomUUID().slice(0, 8)}`, groups });

test("first time: made just in time, and sent to the page that was asked for", async ({
  page,
  sso,
  console,
}) => {
  const account = makeAccount(sso, ["support"]);
  await visit(page, "/audit?ticket=%234821");
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent("/audit?ticket=%234821")}`);
  await expect(button(page)).toBeFocused();
  await expectAccessible(page, "sign-in with a provider");
  await button(page).press("Enter");
  await page.getByRole("button", { name: account.name, exact: true }).click();
  await expect(page).toHaveURL("/audit?ticket=%234821");
  await expect(page.getByRole("button", { name: `Account menu of ${account.name}` })).toBeVisible();
  const { rows } = await console.database.owner.query(
    "SELECT action, actor_name FROM audit_entries WHERE target_label = $1 ORDER BY id",
    [account.email],
  );
  expect(rows).toEqual([
    { action: "person.provisioned", actor_name: `Identity provider ${NAME}` },
    { action: "session.started", actor_name: account.name },
  ]);
});

test("role changed by group: the next sign-in has it; removed from all groups: no way in", async ({
  page,
  sso,
  openAs,
  faults,
}) => {
  faults.expect(/status of 401/);
  const account = makeAccount(sso, ["support"]);
  await visit(page, "/sign-in");
  await signIn(page, account);
  await expect(page).toHaveURL("/runs");
  await visit(page, "/people");
  await expect(page.getByRole("table", { name: "People" })).toBeHidden();

  sso.provider.setAccount({ ...account, groups: ["admin"] });
  const elsewhere = await openAs();
  await visit(elsewhere, "/sign-in?next=%2Fpeople");
  await signIn(elsewhere, account);
  await expect(elsewhere.getByRole("table", { name: "People" })).toBeVisible();
  await visit(page, "/people");
  await expect(page.getByRole("table", { name: "People" })).toBeVisible();

  sso.provider.setAccount({ ...account, groups: [] });
  await forget(elsewhere);
  await visit(elsewhere, "/sign-in");
  await signIn(elsewhere, account);
  await expect(elsewhere.getByRole("alert").first()).toHaveText(
    `You have no access to the console. Ask ${NAME}’s admins for it.`,
  );
  await expectAlive(elsewhere);
  await expectAccessible(elsewhere, "no access");
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in/);

  sso.provider.setAccount({ ...account, groups: ["support"] });
  await forget(elsewhere);
  await visit(elsewhere, "/sign-in");
  await signIn(elsewhere, account);
  await expect(elsewhere).toHaveURL("/runs");
});

test("provider down: said in words, the password still works, and so does the provider once it is back", async ({
  page,
  sso,
  console,
  faults,
}) => {
  faults.expect(/credentials: .* 401/);
  const account = makeAccount(sso, ["support"]);
  await visit(page, "/sign-in");
  await sso.provider.goDown();
  await button(page).click();
  await expect(page.getByRole("alert").first()).toHaveText(
    `${NAME} can’t be reached. Try again in a moment.`,
  );
  await expect(button(page)).toBeEnabled();
  await expectAccessible(page, "provider down");

  const person = await makePerson(console.database.owner);
  await page.getByText("Use a password").click();
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(TEST_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/runs");

  await sso.provider.comeBack();
  await forget(page);
  await visit(page, "/sign-in");
  await signIn(page, account);
  await expect(page).toHaveURL("/runs");
});

test("key rotation and a clock off by two minutes: people still get in; ten minutes: they don't", async ({
  page,
  sso,
}) => {
  const account = makeAccount(sso, ["support"]);
  const attempt = async () => {
    await forget(page);
    await visit(page, "/sign-in");
    await signIn(page, account);
  };
  const setClock = (seconds: number) =>
    sso.provider.alter(({ claims }) => {
      for (const name of ["iat", "exp", "auth_time"])
        if (typeof claims[name] === "number") claims[name] += seconds;
    });
  await attempt();
  await expect(page).toHaveURL("/runs");
  sso.provider.rotateKey();
  await attempt();
  await expect(page).toHaveURL("/runs");
  for (const seconds of [-120, 120]) {
    setClock(seconds);
    await attempt();
    await expect(page).toHaveURL("/runs");
  }
  setClock(-600);
  await attempt();
  await expect(page.getByRole("alert").first()).toHaveText(
    `The sign-in with ${NAME} could not be completed. Start it again.`,
  );
  sso.provider.alter(undefined);
});

test("person who says no at the provider, or goes back: can start again", async ({ page, sso }) => {
  const account = makeAccount(sso, ["support"]);
  await visit(page, "/sign-in?next=%2Faudit");
  await button(page).click();
  await page.getByRole("button", { name: "Don’t sign in" }).click();
  await expect(page.getByRole("alert").first()).toHaveText(
    `${NAME} did not sign you in. Try again, or ask ${NAME}’s admins.`,
  );
  await expectAlive(page);
  await button(page).click();
  await expect(page.getByRole("heading", { name: "Sign in as" })).toBeVisible();
  await page.goBack();
  await expectAlive(page);
  await signIn(page, account);
  await expect(page).toHaveURL("/audit");
});

test("account with a known email: keeps its person, who loses the password", async ({
  page,
  sso,
  console,
  faults,
}) => {
  faults.expect(/credentials: .* 401/);
  const person = await makePerson(console.database.owner);
  const account = sso.provider.setAccount({ name: person.name, email: person.email, groups: ["support"] });
  await visit(page, "/sign-in");
  await signIn(page, account);
  await expect(page).toHaveURL("/runs");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  await expectAlive(page);
  await page.getByText("Use a password").click();
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(TEST_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByText("don’t match an active account")).toBeVisible();
});

test("markup in the names that a provider and its SCIM client give: shown as text", async ({
  page,
  sso,
  console,
}) => {
  const policy = new PolicyWatch();
  await policy.watch(page.context());
  const mark = crypto.randomUUID().slice(0, 8);
  const [guest, member] = [`guest ${mark} ${MARKUP}`, `member ${mark} ${MARKUP}`];
  const email = `${mark}@company.example`;
  const made = await callHttp(sso.server.baseUrl, "POST", "/scim/v2/Users", {
    headers: { Authorization: `Bearer ${SCIM_TOKEN}`, "Content-Type": "application/scim+json" },
    body: JSON.stringify({ userName: email, externalId: MARKUP, displayName: member, active: true }),
  });
  expect(made.status).toBe(201);

  await visit(page, "/sign-in");
  await signIn(page, sso.provider.setAccount({ name: guest, groups: ["admin", MARKUP] }));
  await expect(page).toHaveURL("/runs");
  await expect(page.getByRole("button", { name: `Account menu of ${guest}` })).toBeVisible();
  const { rows } = await console.database.owner.query<{ id: string }>(
    `SELECT e.id FROM audit_entries e JOIN people p ON p.id = e.target_id WHERE p.name IN ($1, $2)`,
    [guest, member],
  );
  expect(rows.length).toBeGreaterThanOrEqual(2);
  const pages: [path: string, shown: string][] = [
    [`/people?${new URLSearchParams({ text: mark }).toString()}`, member],
    [`/people/${(JSON.parse(made.text) as { id: string }).id}`, member],
    ["/account", guest],
    ["/audit?action=session.started", guest],
    ...rows.map(({ id }): [string, string] => [`/audit/${id}`, mark]),
  ];
  for (const [path, shown] of pages) {
    await visit(page, path);
    await expect(page.locator("body"), path).toContainText(shown);
  }
  expect([policy.hits, policy.violations]).toEqual([[], []]);
});
