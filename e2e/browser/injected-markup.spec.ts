import type { Page } from "@playwright/test";
import { callHttp } from "@/test/call-http";
import { makeApproval } from "@/test/approvals";
import { makeKey, makePerson, type Person, signIn, submitSignIn } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { makeFailedJob } from "@/test/jobs";
import { test as base, expect, SIGNED_OUT } from "./agent-test";
import { MARKUP, PolicyWatch } from "./policy-watch";
import { reportAsProvider } from "./provider-report";
import { openDialog } from "./run-page";
import type { Console } from "./test";
import { visit } from "./visit";

const test = base.extend<{ policy: PolicyWatch }>({
  policy: async ({ context }, use) => {
    const policy = new PolicyWatch();
    await policy.watch(context);
    await use(policy);
  },
});

/** A field's text: its name, then markup, short enough for a view's name. */
const text = (field: string) => `${field} ${MARKUP}`;

/** More ways to write a script, for fields without a short limit. */
const MANY = [
  MARKUP,
  "<svg/onload=hit()>",
  "javascript:hit()",
  "</script><script>hit()</script>",
  "<style>@import'//x'</style><p style=color:red>",
  "<a href=javascript:hit()>x</a>",
  "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
  "{{constructor.constructor('hit()')()}}${hit()}",
  "<base href=//x><meta http-equiv=refresh content='0;url=//x'>",
].join(" ");

/** Writes markup into every field, the way customers, receivers, providers, staff and strangers can. */
async function inject({ database, server }: Console, admin: Person) {
  const { owner } = database;
  const { baseUrl } = server;
  const fixture = await seedFixture(owner);
  const { rows } = await owner.query<{ slug: string }>(
    "UPDATE organizations SET name = $2 WHERE id = $1 RETURNING slug",
    [fixture.orgId, text("org")],
  );
  const org = rows[0]!.slug;
  const session = await signIn(baseUrl, admin);
  const call = async <Body>(
    path: string,
    body: unknown,
    headers: Record<string, string>,
    method = "POST",
  ): Promise<Body> => {
    const reply = await callHttp(baseUrl, method, path, {
      headers: { ...headers, "Content-Type": "application/json", "User-Agent": text("agent") },
      body: JSON.stringify(body),
    });
    if (reply.status >= 300) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    return JSON.parse(reply.text) as Body;
  };
  const asStaff = <Body = { id: string }>(path: string, body: unknown) =>
    call<Body>(path, body, { ...session, "X-Organization-Id": fixture.orgId });

  const webhook = await asStaff("/v1/webhooks", {
    url: new URL(`/${MARKUP}?${MARKUP}`, "https://hooks.example.com").href,
    event_types: ["run.cancelled", "run.failed"],
    description: text("webhook"),
  });
  const customerKey = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  await owner.query("UPDATE api_keys SET name = $2 WHERE id = $1", [customerKey.id, text("inference")]);
  const create = () =>
    call<{ id: string }>(
      `/v1/models/${fixture.model}/runs`,
      {
        input: { [text("field")]: `input ${MANY}` },
        metadata: { [MARKUP]: `metadata ${MANY}` },
        client_ref: text("ref"),
        callback_url: new URL(`/callback?${MARKUP}`, "https://hooks.example.com").href,
      },
      customerKey.headers,
    );
  const [canceled, failed, active] = [await create(), await create(), await create()];
  await asStaff(`/v1/admin/runs/${canceled.id}/cancellation`, { reason: `reason ${MANY}`.slice(0, 500) });
  await reportAsProvider(baseUrl, failed.id, { status_code: "running" });
  await reportAsProvider(baseUrl, failed.id, {
    status_code: "failed",
    output: { outputs: [{ url: "javascript:hit()", type: MARKUP }] },
    failure_code: text("code"),
    failure_message: `failure ${MANY}`,
    failure_stage_code: text("stage"),
  });
  for (const { id } of [canceled, failed])
    await asStaff(`/v1/admin/runs/${id}/payload-reveals`, { reason: text("reveal") });
  const stuck = await makeRun(owner, fixture, { ageMs: 3_600_000 });
  await owner.query("UPDATE runs SET client_ref = $2 WHERE id = $1", [stuck, text("stuck")]);

  const key = await asStaff<{ id: string; key: string }>("/v1/admin/keys", {
    kind: "service",
    name: text("key"),
    scopes: ["admin"],
    reach: { all: false, org_ids: [fixture.orgId] },
  });
  await asStaff(`/v1/admin/keys/${customerKey.id}/suspension`, { reason: text("pause"), minutes: 60 });
  await call(
    "/v1/leaked-keys",
    { key: key.key, source_url: new URL(`https://leak.example/?${MARKUP}`).href },
    {},
  );
  await asStaff("/v1/admin/views", {
    name: text("view"),
    query: `q=${encodeURIComponent(`client_ref:'${MARKUP}'`)}`,
  });
  const plan = await asStaff("/v1/admin/cancellation-batches", {
    reason: text("plan"),
    q: `id:${active.id} OR client_ref:'${MARKUP}'`,
  });

  await owner.query("UPDATE organizations SET is_protected = true WHERE id = $1", [fixture.orgId]);
  const approval = await asStaff("/v1/admin/approvals", {
    kind: "run.cancel",
    run_id: stuck,
    reason: text("approval"),
  });
  const decided = await makeApproval(owner, {
    by: { id: admin.id, name: text("asker"), email: text("asker's address") },
    targetId: stuck,
    orgId: fixture.orgId,
    label: text("subject"),
    decision: "refused",
    note: text("note"),
  });
  await owner.query("UPDATE organizations SET is_protected = false WHERE id = $1", [fixture.orgId]);

  // Refused attempts, by the admin and by a stranger.
  for (const path of [`/v1/admin/runs/${encodeURIComponent(MARKUP)}/cancellation`, "/v1/admin/views"])
    await callHttp(baseUrl, "POST", path, {
      headers: { ...session, "Content-Type": "application/json", "User-Agent": text("agent") },
      body: JSON.stringify({ [text("unknown")]: MARKUP }),
    });
  await submitSignIn(baseUrl, { email: text("stranger"), password: MARKUP });

  await makeFailedJob(owner, { error: text("job") });

  // Receivers' responses, as the worker keeps them.
  const deliveries = await owner.query<{ id: string }>(
    `INSERT INTO delivery_attempts (delivery_id, number, started_at, duration_ms, status, response_body)
     SELECT id, 1, now(), 10, 500, $2 FROM deliveries WHERE run_id = $1 RETURNING delivery_id AS id`,
    [canceled.id, `answer ${MANY}`],
  );
  expect(deliveries.rowCount).toBe(2);
  const entries = await owner.query<{ id: string }>(
    "SELECT id FROM audit_entries WHERE actor_id = $1 AND action <> 'session.started'",
    [admin.id],
  );
  return {
    fixture,
    org,
    webhook,
    customerKey,
    canceled,
    failed,
    active,
    key,
    plan,
    approval,
    decided,
    delivery: deliveries.rows[0]!,
    entries: entries.rows,
  };
}

/** Elements and attributes that only injected markup could have made. */
const foreignElements = (page: Page) =>
  page.evaluate(() => {
    const isScript = ({ name, value }: Attr) =>
      name.startsWith("on") ||
      (["href", "src", "action", "formaction"].includes(name) &&
        /^\s*(javascript|data):/i.test(value) &&
        // React's own, until its form is hydrated.
        value !== "javascript:throw new Error('React form unexpectedly submitted.')");
    return [...document.querySelectorAll("*")]
      .filter(
        (element) =>
          element.matches("iframe, base, object, embed, style, img[src=x], meta[http-equiv=refresh]") ||
          [...element.attributes].some(isScript),
      )
      .map((element) => element.outerHTML.slice(0, 200));
  });

test("markup in every field that customers, receivers and staff can fill: shown as text on every page", async ({
  openAs,
  console,
  faults,
}) => {
  const admin = await makePerson(console.database.owner, { role: "admin", name: text("name") });
  const made = await inject(console, admin);
  const page = await openAs(admin);
  const policy = new PolicyWatch();
  await policy.watch(page.context());
  const query = (of: Record<string, string>) => new URLSearchParams(of).toString();
  const entryTexts = ["name"];
  const pages: [path: string, shows: string[]][] = [
    ["/", []],
    [`/runs?${query({ org: made.org })}`, ["ref", "org"]],
    [`/runs?${query({ org: made.org, columns: "client_ref,customer", density: "compact" })}`, ["ref", "org"]],
    [`/runs?${query({ q: MANY })}`, []],
    [`/runs?${query({ look: MARKUP })}`, []],
    [`/runs?${query({ q: `client_ref:'${MARKUP}'`, status: MARKUP, sort: MARKUP })}`, []],
    [`/runs/${made.canceled.id}`, ["ref", "org", "inference", "name"]],
    [`/runs/${made.failed.id}`, ["code", "stage", "ref"]],
    [`/runs/stuck?${query({ org: made.org })}`, ["org"]],
    [`/audit?${query({ org: made.org })}`, ["name", "reveal", "pause"]],
    [`/audit?${query({ reason: MARKUP, ticket: MARKUP, actor: MARKUP, action: MARKUP })}`, []],
    ...made.entries.map(({ id }): [string, string[]] => [`/audit/${id}`, entryTexts]),
    ["/audit/checkpoints", []],
    [`/security?${query({ actor: admin.id })}`, ["name"]],
    ["/keys", ["key"]],
    [`/keys?${query({ q: MARKUP })}`, []],
    [`/keys/${made.key.id}`, ["key", "name"]],
    [`/keys/${made.customerKey.id}`, ["inference", "pause", "org"]],
    [`/people?${query({ text: "name" })}`, []],
    [`/people/${admin.id}`, ["name"]],
    ["/account", []],
    [`/webhooks?${query({ org: made.org })}`, ["org"]],
    [`/webhooks/${made.webhook.id}`, ["webhook", "org"]],
    [`/webhooks/secrets?${query({ org: made.org })}`, []],
    [`/webhooks/deliveries?${query({ org: made.org })}`, ["org"]],
    [`/webhooks/deliveries/${made.delivery.id}`, ["org", "answer"]],
    ["/approvals", ["name", "asker", "subject"]],
    [`/approvals/${made.approval.id}`, ["approval", "name", "org"]],
    [`/approvals/${made.decided}`, ["asker", "subject", "note"]],
    ["/cancellations", ["plan"]],
    [`/cancellations/${made.plan.id}`, ["plan", "name", "org"]],
    [`/cancellations/new?${query({ q: `id:${made.active.id}`, reason: MARKUP, org: made.org })}`, []],
    ["/operations", ["job"]],
    [`/reference/${encodeURIComponent(MARKUP)}`, []],
    [`/nowhere/${encodeURIComponent(MARKUP)}`, []],
  ];
  faults.expect(/status of 404/);
  for (const [path, shows] of pages) {
    await visit(page, path);
    for (const field of shows) await expect.soft(page.locator("body"), path).toContainText(text(field));
    expect.soft(await foreignElements(page), path).toEqual([]);
  }

  await visit(page, `/runs/${made.canceled.id}`);
  await expect(page.getByRole("region", { name: "Input as JSON" })).toContainText(
    JSON.stringify(text("field")),
  );

  // What opens over a page.
  await visit(page, `/security?${query({ actor: admin.id })}`);
  for (const row of await page.getByRole("table").locator("button[data-row]").all()) {
    await row.click();
    await expect(page.getByRole("dialog")).toContainText(text("agent"));
    expect(await foreignElements(page)).toEqual([]);
    await page.keyboard.press("Escape");
  }
  await visit(page, `/security?${query({ kind: "sign_in.failed" })}`);
  await visit(page, "/runs");
  await page.getByRole("button", { name: /^Views/ }).click();
  await expect(page.getByRole("dialog", { name: "Views" })).toContainText(text("view"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Commands" }).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("view");
  await expect(page.getByRole("listbox")).toContainText(text("view"));
  await page.keyboard.type(MARKUP);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await expect(page.getByRole("dialog", { name: "Account" })).toContainText(text("name"));
  await page.keyboard.press("Escape");
  const run = await openDialog(page, made.active.id);
  await run.reason.fill(`typed ${MARKUP}`);
  await run.confirm.click();
  await expect(run.timeline).toContainText(`typed ${MARKUP}`);
  expect(await foreignElements(page)).toEqual([]);

  expect(policy.hits).toEqual([]);
  expect(policy.violations).toEqual([]);
});

test.describe("signed out", () => {
  test.use({ storageState: SIGNED_OUT });

  test("markup in the URLs of the sign-in and of links: shown as text or not at all", async ({
    page,
    policy,
    faults,
  }) => {
    faults.expect(/status of 4\d\d/);
    const mark = encodeURIComponent(MARKUP);
    for (const path of [
      `/sign-in?next=${mark}&failure=${mark}&provider=${mark}&error=${mark}&callbackUrl=${mark}`,
      `/sign-in?next=${encodeURIComponent(`/runs?q=${MARKUP}`)}`,
      `/set-password#${MARKUP}`,
      `/claim-key#${MARKUP}`,
    ]) {
      await visit(page, path);
      expect(await foreignElements(page), path).toEqual([]);
    }
    expect([policy.hits, policy.violations]).toEqual([[], []]);
  });
});

test("every page and its popups: nothing of their own is blocked", async ({ page, policy }) => {
  for (const path of ["/", "/runs", "/runs/stuck", "/audit", "/components"]) {
    await visit(page, path);
    for (const theme of ["Dark", "Light"]) {
      await page.getByRole("button", { name: /^Account menu/ }).click();
      await page.getByRole("radio", { name: theme }).check();
      await page.keyboard.press("Escape");
      await page.reload();
    }
  }
  expect([policy.hits, policy.violations]).toEqual([[], []]);
});

test("page whose HTML something has changed: React renders it again, in spite of Trusted Types", async ({
  page,
  policy,
  faults,
}) => {
  faults.expect(/Minified React error #418/);
  await page.route("**/audit", async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace(">Skip to content<", ">Changed by an extension<");
    await route.fulfill({ response, body: html });
  });
  await visit(page, "/audit");
  await expect(page.getByText("Skip to content")).toBeAttached();
  await expect(page.getByText("Changed by an extension")).toHaveCount(0);
  expect([policy.hits, policy.violations]).toEqual([[], []]);
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await expect(page.getByRole("dialog", { name: "Account" })).toBeVisible();
});

test("control: scripts that run and violations of the policy are noticed", async ({
  page,
  policy,
  faults,
}) => {
  await page.route("**/unprotected", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><p title="${MARKUP}">` }),
  );
  faults.expect(/status of 404/);
  await page.goto("/unprotected");
  await expect.poll(() => policy.hits.length).toBeGreaterThanOrEqual(2);
  expect(policy.violations).toEqual([]);

  faults.expect(/Content Security Policy|Trusted|Refused/);
  await visit(page, "/runs");
  await page.evaluate((markup) => {
    const attempt = (act: () => void) => {
      try {
        act();
      } catch {
        // Trusted Types also throw.
      }
    };
    const add = (element: HTMLElement) => document.body.append(element);
    const make = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes))
        attempt(() => element.setAttribute(name, value));
      return element;
    };
    add(Object.assign(document.createElement("style"), { textContent: "p{color:red}" }));
    add(make("p", { style: "color:red" }));
    add(make("p", { onclick: "hit()" }));
    attempt(() => add(make("script", { src: "https://elsewhere.example/x.js" })));
    attempt(() => add(make("script", { src: "/v1/health" })));
    attempt(() => add(Object.assign(document.createElement("script"), { text: "hit()" })));
    attempt(() => add(Object.assign(document.createElement("div"), { innerHTML: markup })));
    // Later: during this call, the test tool may evaluate strings.
    setTimeout(() => attempt(() => void new Function("hit()")()));
    add(make("img", { src: "https://elsewhere.example/x.png" }));
  }, MARKUP);
  const directives = () => new Set(policy.violations.map((violation) => violation.split(" ")[0]));
  for (const directive of ["style-src-elem", "style-src-attr", "img-src", "require-trusted-types-for"])
    await expect.poll(directives).toContain(directive);
  expect(policy.hits.filter((url) => !url.endsWith("/unprotected"))).toEqual([]);
});
