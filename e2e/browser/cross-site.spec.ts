import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { callHttp } from "@/test/call-http";
import { makePerson, TEST_PASSWORD, type Person } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { CROSS_SITE, type ForeignSite, SAME_SITE, startForeignSite } from "./foreign-site";
import type { Console } from "./test";
import { visit } from "./visit";

const JSON_TYPE = "application/json";

/** Submits a form as a page of another site can: the browser goes to the answer. */
async function submitForm(page: Page, site: ForeignSite, action: string, enctype: string): Promise<number> {
  await site.open(page);
  const answered = page.waitForResponse((answer) => answer.url() === action);
  const arrived = page.waitForURL(action);
  await page.evaluate(
    ([url, type]) => {
      const form = Object.assign(document.createElement("form"), {
        method: "post",
        action: url,
        enctype: type,
      });
      // As text/plain, `name=value` is the JSON text {"reason":"=…"}.
      const field = { type: "hidden", name: '{"reason":"', value: 'a page of another site"}' };
      form.append(Object.assign(document.createElement("input"), field));
      document.body.append(form);
      form.submit();
    },
    [action, enctype],
  );
  await arrived;
  return (await answered).status();
}

type Sent = { url: string; method?: string; mode?: RequestMode; type?: string; body?: string };

/** @returns the status that the script may see, or the error's name */
const send = (page: Page, { url, method = "POST", mode = "no-cors", type = "text/plain", body }: Sent) =>
  page.evaluate(
    ([at, init]) =>
      fetch(at, init).then(
        ({ status }) => String(status),
        (error: Error) => error.name,
      ),
    [
      url,
      { method, mode, credentials: "include", headers: { "Content-Type": type }, ...(body && { body }) },
    ] as const,
  );

/** The refusals of this person's requests, as code and path. */
async function refusalsOf({ database }: Console, { id }: Person): Promise<string[]> {
  const { rows } = await database.owner.query<{ text: string }>(
    `SELECT (detail -> 'errors' -> 0 ->> 'type') || ' ' || path AS text FROM security_events
     WHERE actor_id = $1 ORDER BY id`,
    [id],
  );
  return rows.map(({ text }) => text);
}

async function entriesOf({ database }: Console, { id }: Person): Promise<string[]> {
  const { rows } = await database.owner.query<{ action: string }>(
    "SELECT action FROM audit_entries WHERE actor_id = $1 ORDER BY occurred_at",
    [id],
  );
  return rows.map(({ action }) => action);
}

for (const [where, host] of [
  ["another site", CROSS_SITE],
  ["another origin of the same site, which gets the cookie", SAME_SITE],
] as const) {
  test(`page of ${where}: changes, reads and exports nothing in the name of who is signed in`, async ({
    openAs,
    console,
    fixture,
    faults,
  }) => {
    faults.expect(/status of 4\d\d/, /blocked by CORS policy|ERR_FAILED|ERR_BLOCKED_BY_RESPONSE/);
    const { database, server } = console;
    const admin = await makePerson(database.owner, { role: "admin" });
    const page = await openAs(admin);
    const site = await startForeignSite(host);
    const at = (path: string) => server.baseUrl + path;
    const id = await makeRun(database.owner, fixture);
    const cancellation = at(`/v1/admin/runs/${id}/cancellation`);

    for (const action of [cancellation, at("/v1/auth/sessions/termination"), at("/api/auth/signout")]) {
      for (const enctype of ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"])
        expect([401, 403, 415], action).toContain(await submitForm(page, site, action, enctype));
    }

    await site.open(page);
    const reason = JSON.stringify({ reason: "a page of another site" });
    await send(page, { url: cancellation, body: reason });
    expect(await send(page, { url: cancellation, mode: "cors", body: reason })).toBe("TypeError");
    expect(await send(page, { url: cancellation, mode: "cors", type: JSON_TYPE, body: reason })).toBe(
      "TypeError",
    );
    const own = at(`/v1/admin/people/${admin.id}`);
    expect(await send(page, { url: own, method: "PATCH", mode: "cors", type: JSON_TYPE, body: "{}" })).toBe(
      "TypeError",
    );
    await page.evaluate(([url, text]) => navigator.sendBeacon(url!, text), [cancellation, reason]);
    for (const path of ["/v1/admin/audit-log/export?format=csv", "/v1/admin/runs?limit=1", "/runs"])
      for (const mode of ["cors", "no-cors"] as const)
        expect(await send(page, { url: at(path), method: "GET", mode }), `${mode} ${path}`).toBe("TypeError");

    expect(await readEffects(database, id)).toMatchObject({ reasons: [], jobs: 0 });
    expect(await entriesOf(console, admin)).toEqual(["session.started"]);
    const refusals = await refusalsOf(console, admin);
    if (host === SAME_SITE) {
      expect(refusals).toContain(`cross_origin_request /v1/admin/runs/${id}/cancellation`);
      expect(refusals).toContain("cross_origin_request /v1/auth/sessions/termination");
    } else expect(refusals).toEqual([]);

    // The session still works, and the same request from the console's own page cancels.
    await visit(page, `/runs/${id}`);
    await expect(page).toHaveURL(`/runs/${id}`);
    expect(await send(page, { url: cancellation, mode: "cors", type: JSON_TYPE, body: reason })).toBe("201");
    expect(await readEffects(database, id)).toMatchObject({ reasons: ["a page of another site"], jobs: 1 });
    site.close();
  });

  test(`page of ${where}: can't sign its visitor in as the attacker`, async ({ openAs, console, faults }) => {
    faults.expect(/status of 40[13]/, /blocked by CORS policy|ERR_FAILED|ERR_BLOCKED_BY_RESPONSE/);
    const { database, server } = console;
    const attacker = await makePerson(database.owner);
    const page = await openAs(await makePerson(database.owner));
    const csrf = await callHttp(server.baseUrl, "GET", "/api/auth/csrf");
    const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
    const [name, value] = csrf.headers["set-cookie"]![0]!.split(";")[0]!.split("=") as [string, string];
    const site = await startForeignSite(host);
    await site.open(page);
    const url = `${server.baseUrl}/api/auth/callback/credentials`;
    const fields = new URLSearchParams({ csrfToken, email: attacker.email, password: TEST_PASSWORD });
    const type = "application/x-www-form-urlencoded";
    const attempt = () => send(page, { url, type, body: fields.toString() });
    // A blocked answer is an error for the script.
    expect(await attempt()).toBe("TypeError");
    expect(await entriesOf(console, attacker)).toEqual([]);
    await page.context().addCookies([{ name, value, url: server.baseUrl }]);
    expect(await attempt()).toBe("TypeError");
    expect(await entriesOf(console, attacker)).toEqual([]);
    site.close();
    // The same request from the console's own page signs in.
    await visit(page, "/runs");
    await attempt();
    expect(await entriesOf(console, attacker)).toContain("session.started");
  });

  test(`page of ${where}: can't hold, frame or load the console`, async ({ page, console, faults }) => {
    faults.expect(/frame-ancestors|X-Frame-Options|ERR_BLOCKED_BY_RESPONSE|Refused to display/);
    const { baseUrl } = console.server;
    const site = await startForeignSite(host);
    await site.open(page);
    const [opened] = await Promise.all([
      page.waitForEvent("popup"),
      page.evaluate((url) => {
        const at = window as unknown as { held: Window | null };
        at.held = window.open(url);
      }, `${baseUrl}/runs`),
    ]);
    await expect(opened.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
    const isCut = () => page.evaluate(() => (window as unknown as { held: Window }).held.closed);
    await expect.poll(isCut).toBe(true);
    expect(opened.isClosed()).toBe(false);

    const loads = (tag: "img" | "script" | "link", path: string) =>
      page.evaluate(
        ([name, url]) =>
          new Promise<string>((resolve) => {
            const element = document.createElement(name!);
            if (name === "link") Object.assign(element, { rel: "stylesheet", href: url });
            else Object.assign(element, { src: url });
            element.addEventListener("load", () => resolve("loaded"));
            element.addEventListener("error", () => resolve("blocked"));
            document.body.append(element);
          }),
        [tag, baseUrl + path],
      );
    expect(await loads("img", "/icon.svg")).toBe("blocked");
    expect(await loads("script", "/v1/auth/me")).toBe("blocked");
    const answer = await page.request.get("/runs");
    const style = /\/_next\/static\/[^"]+\.css/.exec(await answer.text())![0];
    expect(await loads("link", style)).toBe("blocked");

    await page.evaluate((url) => {
      document.body.append(Object.assign(document.createElement("iframe"), { src: url, name: "framed" }));
    }, `${baseUrl}/runs`);
    await expect.poll(() => page.frame("framed")?.url()).toMatch(/^chrome-error:/);
    site.close();
  });
}

test("control: a page of the console can load what other sites can't", async ({ page }) => {
  await visit(page, "/runs");
  const isLoaded = await page.evaluate(
    (id) =>
      new Promise<boolean>((resolve) => {
        const image = Object.assign(new Image(), { src: `/icon.svg?${id}` });
        image.addEventListener("load", () => resolve(true));
        image.addEventListener("error", () => resolve(false));
      }),
    randomUUID(),
  );
  expect(isLoaded).toBe(true);
});
