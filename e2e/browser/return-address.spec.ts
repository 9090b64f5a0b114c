import type { BrowserContext } from "@playwright/test";
import { expect, SIGNED_OUT, test } from "./agent-test";
import { signInByForm } from "./sign-in-by-form";
import { visit } from "./visit";

/** Ways to write another site as the page to return to after a sign-in. */
const ELSEWHERE = [
  "https://elsewhere.example/",
  "HTTPS:elsewhere.example",
  "//elsewhere.example/runs",
  "///elsewhere.example",
  "////elsewhere.example",
  "\\\\elsewhere.example",
  "/\\elsewhere.example",
  "\\/elsewhere.example",
  "/\\/elsewhere.example",
  "/\t/elsewhere.example",
  "/\n/elsewhere.example",
  "\t//elsewhere.example",
  " //elsewhere.example",
  "/.//elsewhere.example",
  "/..//elsewhere.example",
  "/runs/..//elsewhere.example",
  "/%2F/elsewhere.example",
  "/%5Celsewhere.example",
  "@elsewhere.example",
  ".elsewhere.example",
  ":80@elsewhere.example",
  "?next=//elsewhere.example",
  "elsewhere.example",
  "javascript:location='https://elsewhere.example'",
  "data:text/html,<script>location='https://elsewhere.example'</script>",
  "blob:https://elsewhere.example/x",
  "http:elsewhere.example",
  "/sign-in?next=//elsewhere.example",
  "\u2215\u2215elsewhere.example",
  "/\u3002elsewhere.example",
];

/** Requests to any other site, which are answered here. */
async function watchElsewhere(context: BrowserContext, baseUrl: string): Promise<string[]> {
  const left: string[] = [];
  await context.route(
    (url) => url.origin !== baseUrl,
    (route) => {
      left.push(route.request().url());
      return route.fulfill({ contentType: "text/html", body: "<!doctype html><h1>elsewhere</h1>" });
    },
  );
  return left;
}

test("return address of another site, signed in: the console opens", async ({
  page,
  context,
  console,
  faults,
}) => {
  faults.expect(/status of 404/);
  const { baseUrl } = console.server;
  const left = await watchElsewhere(context, baseUrl);
  const queries = [
    ...ELSEWHERE.map((next) => new URLSearchParams({ next }).toString()),
    "next=//elsewhere.example/",
    "next=/\\elsewhere.example",
    "next=/runs&next=//elsewhere.example",
    "next=//elsewhere.example&next=/runs",
  ];
  for (const query of queries) {
    await page.goto(`/sign-in?${query}`, { waitUntil: "commit" });
    expect(new URL(page.url()).origin, query).toBe(baseUrl);
  }
  expect(left).toEqual([]);
});

test.describe("signed out", () => {
  test.use({ storageState: SIGNED_OUT });

  test("return address of another site, at a sign-in: the console opens", async ({
    page,
    context,
    console,
    agent,
    faults,
  }) => {
    faults.expect(/status of 4\d\d/);
    const { baseUrl } = console.server;
    const left = await watchElsewhere(context, baseUrl);
    for (const query of [
      "next=//elsewhere.example",
      "next=/%5Celsewhere.example",
      "next=/.//elsewhere.example",
      "next=javascript:location='https://elsewhere.example'",
      "callbackUrl=https://elsewhere.example",
    ]) {
      await context.clearCookies();
      await visit(page, `/sign-in?${query}`);
      await signInByForm(page, agent);
      await expect(page, query).not.toHaveURL(/sign-in/);
      expect(new URL(page.url()).origin, query).toBe(baseUrl);
    }
    // next-auth's own routes.
    for (const path of ["signin", "signin/credentials", "error", "signout"]) {
      await page.goto(`/api/auth/${path}?callbackUrl=${encodeURIComponent("https://elsewhere.example")}`);
      expect(new URL(page.url()).origin, path).toBe(baseUrl);
    }
    expect(left).toEqual([]);
  });

  test("return address within the console: opens after the sign-in", async ({ page, agent }) => {
    const next = "/audit?reason=//elsewhere.example";
    await visit(page, `/sign-in?${new URLSearchParams({ next })}`);
    await signInByForm(page, agent);
    await expect(page).toHaveURL(next);
  });
});

test("control: leaving for another site is noticed", async ({ page, context, console }) => {
  const left = await watchElsewhere(context, console.server.baseUrl);
  await visit(page, "/runs");
  await page.evaluate(() => (location.href = "https://elsewhere.example/"));
  await expect(page.getByRole("heading", { name: "elsewhere" })).toBeVisible();
  expect(left).toContain("https://elsewhere.example/");
});
