import type { Page } from "@playwright/test";
import { makePerson } from "@/test/credentials";
import { expect, SIGNED_OUT, test } from "./agent-test";
import { CROSS_SITE, startForeignSite } from "./foreign-site";
import { signInByForm } from "./sign-in-by-form";
import { expectAlive, visit } from "./visit";

test.use({ storageState: SIGNED_OUT });

test.describe("flood of posts from another site's page", () => {
  test("others behind the same address: can still sign in", async ({ page, console, faults }) => {
    faults.expect(/ERR_|status of 40[34]|status of 4(15|29)/);
    const { baseUrl } = console.server;
    const site = await startForeignSite(CROSS_SITE);
    await site.open(page);
    await page.evaluate(async (target) => {
      const post = (path: string, body: BodyInit) =>
        // The browser hides each answer from the page as an error.
        fetch(target + path, { method: "POST", mode: "no-cors", credentials: "include", body }).catch(
          () => {},
        );
      for (let n = 0; n < 60; n++) {
        await post("/v1/auth/password", '{"token":"x","password":"aaaaaaaaaaaa"}');
        const form = new URLSearchParams({ email: `x${n}@nowhere.example`, password: "x", csrfToken: "x" });
        await post("/api/auth/callback/credentials", form);
      }
    }, baseUrl);
    site.close();
    await visit(page, `${baseUrl}/sign-in`);
    await signInByForm(page, await makePerson(console.database.owner));
    await expect(page).toHaveURL(`${baseUrl}/runs`);
  });
});

test.describe("foreign cookies with the names of our cookies", () => {
  const TWINS = [
    "runflow-console.session=x; path=/runs",
    "runflow-console.session=y; path=/",
    "runflow-console.csrf=x; path=/api/auth",
    "runflow-console.callback=x; path=/api",
    "next-auth.session-token=old; path=/",
    "next-auth.csrf-token=old; path=/",
  ];
  const addTwins = (page: Page) =>
    page.evaluate((twins) => twins.forEach((twin) => (document.cookie = twin)), TWINS);

  test("person with them: signs in, navigates and signs out", async ({ page, console, faults }) => {
    // A poll in flight when the session ends gets a 401.
    faults.expect(/status of 401/);
    await visit(page, "/sign-in");
    await addTwins(page);
    await signInByForm(page, await makePerson(console.database.owner));
    await expect(page).toHaveURL("/runs");
    await expectAlive(page);
    await addTwins(page);
    for (const path of ["/runs", "/audit", "/runs"]) {
      await visit(page, path);
      await expect(page).toHaveURL(path);
    }
    await page.getByRole("button", { name: /^Account menu/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/sign-in");
    await visit(page, "/runs");
    await expect(page).toHaveURL("/sign-in?next=%2Fruns");
  });

  test("without a session: lead to the sign-in page once", async ({ page }) => {
    await visit(page, "/sign-in");
    await addTwins(page);
    let documents = 0;
    page.on("request", (request) => void (documents += Number(request.isNavigationRequest())));
    await visit(page, "/runs");
    await expect(page).toHaveURL("/sign-in?next=%2Fruns");
    await expect(page.getByLabel("Email")).toBeFocused();
    expect(documents).toBeLessThanOrEqual(2);
  });

  test("browser that rejects cookies: the sign-in page explains it", async ({ page, agent }) => {
    await page.route("**/api/auth/**", async (route) => {
      const response = await route.fetch();
      const { "set-cookie": _none, ...headers } = response.headers();
      await page.context().clearCookies(); // Playwright also stores cookies from its own requests
      await route.fulfill({ response, headers });
    });
    await visit(page, "/sign-in");
    await signInByForm(page, agent);
    const alert = page.getByRole("alert").filter({ hasText: "did not store the cookie" });
    await expect(alert).toBeVisible();
    await expect(page).toHaveURL("/sign-in");
  });
});

test("longest filter that the API takes: opens from its URL; a longer one is explained", async ({
  openAs,
  console,
  faults,
}) => {
  const page = await openAs(await makePerson(console.database.owner));
  const filter = (characters: number) => `client_ref:'${"\u6f22".repeat(characters)}'`;
  const longest = filter(3_980);
  expect(longest.length).toBeLessThanOrEqual(4_000);
  await visit(page, `/runs?q=${encodeURIComponent(longest)}`);
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();

  faults.expect(/status of 431/);
  for (const characters of [8_000, 200_000]) {
    const answer = await page.goto(`/runs?q=${encodeURIComponent(filter(characters))}`);
    expect(answer!.status()).toBe(431);
    await expect(page.getByRole("heading", { name: "This address is too long" })).toBeVisible();
    await page.getByRole("link", { name: "Open the runs without a filter" }).click();
    await expect(page).toHaveURL("/runs");
  }
});

test("NUL in the URL: the page loads and finds nothing", async ({ openAs, console }) => {
  const page = await openAs(await makePerson(console.database.owner));
  for (const path of [
    "/runs/stuck?model=%00",
    "/runs?q=client_ref%3A%00",
    "/audit?ticket=%00&reason=%00abc",
    "/cancellations?state=%00",
    "/cancellations/new?q=client_ref%3A%00&org=%00&reason=%00",
  ]) {
    const answer = await page.goto(path);
    expect([path, answer!.status()]).toEqual([path, 200]);
    await expect(page.getByText("could not be loaded")).toHaveCount(0);
  }
});
