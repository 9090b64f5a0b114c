import type { BrowserContext, Page } from "@playwright/test";
import { callHttp } from "@/test/call-http";
import { makePerson, type Person, signIn, signOut } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, SIGNED_OUT, stateOf, test } from "./agent-test";
import { readEffects } from "./effects";
import { signInByForm } from "./sign-in-by-form";
import type { Console } from "./test";
import { visit } from "./visit";

const SESSION = "runflow-console.session";

const sessionOf = async (context: BrowserContext): Promise<string | undefined> =>
  (await context.cookies()).find(({ name }) => name === SESSION)?.value;

const plant = (context: BrowserContext, value: string, baseUrl: string) =>
  context.addCookies([{ name: SESSION, value, url: baseUrl }]);

/** Whom a copied cookie belongs to, if anyone. */
async function ownerOf({ server }: Console, value: string | undefined): Promise<string | undefined> {
  const Cookie = `${SESSION}=${value}`;
  const { status, text } = await callHttp(server.baseUrl, "GET", "/v1/auth/me", { headers: { Cookie } });
  return status === 200 ? (JSON.parse(text) as { email: string }).email : undefined;
}

async function signOutBySelf(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
}

test.describe("session fixation", () => {
  test.use({ storageState: SIGNED_OUT });

  for (const [name, plantOne] of [
    ["made up", async () => "eyJhbGciOiJkaXIifQ..planted.by.them"],
    [
      "ended",
      async ({ server }: Console, attacker: Person) => {
        const headers = await signIn(server.baseUrl, attacker);
        await signOut(server.baseUrl, headers);
        return headers.Cookie.slice(SESSION.length + 1);
      },
    ],
    [
      "the attacker's own",
      async ({ server }: Console, attacker: Person) =>
        (await signIn(server.baseUrl, attacker)).Cookie.slice(SESSION.length + 1),
    ],
  ] as [string, (console: Console, attacker: Person) => Promise<string>][]) {
    test(`cookie planted before the sign-in, ${name}: is replaced, and never the victim's`, async ({
      page,
      context,
      console,
    }) => {
      const { database, server } = console;
      const [attacker, victim] = [await makePerson(database.owner), await makePerson(database.owner)];
      await visit(page, "/sign-in");
      const planted = await plantOne(console, attacker);
      await plant(context, planted, server.baseUrl);
      await signInByForm(page, victim);
      await expect(page).toHaveURL("/runs");
      const own = await sessionOf(context);
      expect(own).not.toBe(planted);
      expect(await ownerOf(console, own)).toBe(victim.email);
      expect(await ownerOf(console, planted)).toBeUndefined();
    });
  }

  test("each sign-in: another session, and the former one ends", async ({
    page,
    context,
    console,
    faults,
  }) => {
    // The first page polls without its cookie.
    faults.expect(/status of 401/);
    const person = await makePerson(console.database.owner);
    await visit(page, "/sign-in");
    await signInByForm(page, person);
    await expect(page).toHaveURL("/runs");
    const first = await sessionOf(context);
    const again = await context.newPage();
    await context.clearCookies();
    await visit(again, "/sign-in");
    await plant(context, first!, console.server.baseUrl);
    await signInByForm(again, person);
    await expect(again).toHaveURL("/runs");
    expect(await ownerOf(console, await sessionOf(context))).toBe(person.email);
    expect(await ownerOf(console, first)).toBeUndefined();
  });
});

test("cookie copied before the sign-out: opens no page and changes nothing; before, it did", async ({
  openAs,
  browser,
  console,
  fixture,
  faults,
}) => {
  // A poll in flight when the session ends gets a 401.
  faults.expect(/status of 401/);
  const { database, server } = console;
  const person = await makePerson(database.owner);
  const page = await openAs(person);
  const thief = await browser.newContext({ storageState: await page.context().storageState() });
  const stolen = await thief.newPage();
  const [first, second] = [await makeRun(database.owner, fixture), await makeRun(database.owner, fixture)];
  const cancel = async (id: string) =>
    (
      await thief.request.post(`/v1/admin/runs/${id}/cancellation`, {
        data: { reason: "with a copied cookie" },
        headers: { Origin: server.baseUrl, "Sec-Fetch-Site": "same-origin" },
      })
    ).status();
  await visit(stolen, "/runs");
  await expect(stolen).toHaveURL("/runs");
  expect(await cancel(first)).toBe(201);

  await visit(page, "/runs");
  await signOutBySelf(page);
  expect(await cancel(second)).toBe(401);
  expect(await readEffects(database, second)).toMatchObject({ status: "running", reasons: [], jobs: 0 });
  for (const path of ["/runs", `/runs/${second}`, "/audit", "/account"]) {
    await visit(stolen, path);
    await expect(stolen).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
  }
  for (const path of ["/v1/admin/runs", "/v1/admin/audit-log/stream", "/v1/auth/sessions"])
    expect((await thief.request.get(path)).status(), path).toBe(401);
  await thief.close();
});

test("sign-out: empties the storage of every tab, except for the browser's settings", async ({
  browser,
  console,
  faults,
}) => {
  // A poll in flight when the session ends gets a 401.
  faults.expect(/status of 401/);
  const context = await browser.newContext({
    storageState: await stateOf(console.server.baseUrl, await makePerson(console.database.owner)),
  });
  faults.watch(context);
  const [page, beside] = [await context.newPage(), await context.newPage()];
  await visit(page, "/audit");
  await visit(beside, "/runs");
  await page.evaluate(() => {
    localStorage.setItem("theme", "dark");
    localStorage.setItem("runflow.shortcuts", "off");
    localStorage.setItem("runflow.batches", "[]");
  });
  for (const tab of [page, beside]) await tab.evaluate(() => sessionStorage.setItem("runflow.list", "{}"));
  await signOutBySelf(page);
  const stored = (tab: Page) => tab.evaluate(() => [{ ...localStorage }, { ...sessionStorage }]);
  await expect(beside).toHaveURL("/sign-in?next=%2Fruns");
  for (const tab of [page, beside])
    expect(await stored(tab)).toEqual([{ theme: "dark", "runflow.shortcuts": "off" }, {}]);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await context.close();
});
