import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { OPERATIONS } from "@/lib/contract/operations";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { runShell } from "@/test/run-shell";
import { startServers, TEST_PROVIDER_SECRET } from "@/test/server";
import { useApi } from "@/test/use-api";
import { type Attempt, FIXTURES, headersOf, type Stage } from "./coverage-fixtures";

const api = useApi();
let stage: Stage;
let headers: Record<string, string>;

beforeAll(async () => {
  const { database, fixture, baseUrl } = api();
  const owner = await makePerson(database.owner, { role: "admin" });
  stage = {
    database,
    fixture,
    baseUrl,
    admin: await makeKey(database.owner, { ownerId: owner.id, scopes: [ADMIN_SCOPE, ...PERMISSIONS] }),
    inference: await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId }),
  };
  headers = { ...(await signIn(baseUrl, await makePerson(database.owner))) };
  const { path, body } = await FIXTURES["cancelRun"]!(stage);
  await api().call("POST", path, { ...stage.admin, body: JSON.stringify(body) }); // an entry to read
});

const get = (path: string, as: Record<string, string> = headers) =>
  callHttp(api().baseUrl, "GET", path, { headers: { Accept: "text/html", ...as } });

const unescapeHtml = (html: string): string =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");

const withoutScripts = (html: string): string => html.replaceAll(/<script\b.*?<\/script>/gs, "");

/** The text of a page, without its elements. */
const textOf = (html: string): string => unescapeHtml(withoutScripts(html).replaceAll(/<[^>]+>/g, ""));

/** The command on an operation's page, as the Copy button and a selection give it. */
async function readCurl(id: string): Promise<string> {
  const { status, text } = await get(`/reference/${id}`);
  expect([id, status]).toEqual([id, 200]);
  const found = /<pre[^>]*aria-labelledby="curl"[^>]*><code>(.*?)<\/code>/s.exec(withoutScripts(text))?.[1];
  return unescapeHtml(found ?? "");
}

test("index: links every operation; a search, those that match", async () => {
  const links = (html: string) =>
    [...withoutScripts(html).matchAll(/href="\/reference\/(\w+)"/g)].map((match) => match[1]!);
  const all = links((await get("/reference")).text);
  expect(all.sort()).toEqual(["basics", ...OPERATIONS.map(({ id }) => id)].sort());
  const found = links((await get("/reference?q=webhooks.manage+DELETE")).text);
  expect(found.sort()).toEqual(["basics", "deleteWebhook"]);
  expect(textOf((await get("/reference?q=nothing+like+it")).text)).toContain("0 operations for");
});

test("page of an operation: its callers, fields, answers and errors", async () => {
  const text = textOf((await get("/reference/cancelRun")).text);
  for (const part of [
    "People with the role support or admin",
    "Service keys with only the scope admin, if their owner's role includes it.",
    "Service keys with the scopes admin and runs.cancel.",
    "The permission is runs.cancel.",
    "The run's customer is protected.",
    "Idempotency-Key",
    "run.cancelled",
    "3 to 500 characters",
    "200 and 201 response",
    "queued",
    "RUN_NOT_FOUND",
    "RATE_LIMITED",
  ])
    expect(text).toContain(part);
  expect(text).not.toContain("KEY_NOT_FOUND");
});

test("page that doesn't exist: 404", async () => {
  for (const path of ["/reference/nothing", "/reference/nothing.md", "/reference/cancelRun/more"])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
});

describe("without a session", () => {
  test("pages lead to the sign-in, texts are refused", async () => {
    for (const path of ["/reference", "/reference/cancelRun", "/reference/basics"]) {
      const { status, headers: reply } = await get(path, {});
      expect([path, status, reply["location"]]).toEqual([
        path,
        307,
        `/sign-in?next=${encodeURIComponent(path)}`,
      ]);
    }
    for (const path of ["/llms.txt", "/reference/cancelRun.md", "/reference/cancelRun/markdown"])
      expect([path, (await get(path, {})).status]).toEqual([path, 401]);
  });

  test("PUBLIC_REFERENCE: shows everything, with a link to the sign-in", async () => {
    const [server] = await startServers({
      databaseUrl: api().database.appUrl,
      env: { PUBLIC_REFERENCE: "true" },
    });
    try {
      const read = (path: string) =>
        callHttp(server!.baseUrl, "GET", path, { headers: { Accept: "text/html" } });
      for (const path of ["/reference", "/reference/cancelRun", "/reference/basics"]) {
        const { status, text } = await read(path);
        expect([path, status]).toEqual([path, 200]);
        expect(withoutScripts(text)).toContain(`href="/sign-in?next=${encodeURIComponent(path)}"`);
      }
      for (const path of ["/llms.txt", "/reference/cancelRun.md"])
        expect((await read(path)).headers["cache-control"]).toBe("public, no-cache");
      expect((await read("/keys")).status).toBe(307);
    } finally {
      await server!.stop();
    }
  });
});

describe("Markdown", () => {
  test("llms.txt: names every page, and each answers", async () => {
    const { text, headers: reply } = await get("/llms.txt");
    expect(reply["content-type"]).toBe("text/plain; charset=utf-8");
    const addresses = [...text.matchAll(/\((http[^)]+)\)/g)].map((match) => match[1]!);
    expect(addresses.map((address) => new URL(address).pathname).sort()).toEqual(
      ["basics", ...OPERATIONS.map(({ id }) => id)].map((id) => `/reference/${id}.md`).sort(),
    );
    for (const address of addresses) {
      const page = await get(new URL(address).pathname);
      expect([address, page.status, page.headers["content-type"]]).toEqual([
        address,
        200,
        "text/markdown; charset=utf-8",
      ]);
      expect(page.text).toMatch(/^# \S/);
    }
  });

  test("page: the same command as for people, and 304 for a current copy", async () => {
    const { text, headers: reply } = await get("/reference/cancelRun.md");
    expect(text).toContain(`\`\`\`\n${await readCurl("cancelRun")}\n\`\`\``);
    const etag = String(reply["etag"]);
    expect((await get("/reference/cancelRun.md", { ...headers, "If-None-Match": etag })).status).toBe(304);
    expect((await get("/reference/getRun.md", { ...headers, "If-None-Match": etag })).status).toBe(200);
  });
});

/** The values of the variables of a pasted command, from a request that succeeds. */
function variablesFor(command: string, attempt: Attempt): Record<string, string> {
  const sent = headersOf(stage.admin, attempt);
  const variables: Record<string, string> = {
    ORGANIZATION_ID: sent["X-Organization-Id"] ?? stage.fixture.orgId,
    RUNFLOW_KEY: sent["Authorization"]?.replace("Bearer ", "") ?? "",
    RUNFLOW_SESSION: /runflow-console\.session=([^;]+)/.exec(sent["Cookie"] ?? "")?.[1] ?? "",
    PROVIDER_SECRET: TEST_PROVIDER_SECRET,
    EVENT_ID: randomUUID(),
  };
  const template = /(\/v1\/[^"]*)"/.exec(command)![1]!;
  const names = [...template.matchAll(/\$(\w+)/g)].map((match) => match[1]!);
  const pattern = template
    .replaceAll(".", "\\.")
    .replaceAll(/\$(\w+)/g, (_all, name) => (name === "MODEL" ? "(.+)" : "([^/]+)"));
  const values = new RegExp(`^${pattern}$`).exec(attempt.path.split("?")[0]!);
  expect(values, `${template} fits ${attempt.path}`).not.toBeNull();
  names.forEach((name, index) => (variables[name] = values![index + 1]!));
  // In the body, a variable has the value of the same field.
  for (const [, field, name] of command.matchAll(/"(\w+)": "?\$(\w+)"?/g)) {
    const value = (attempt.body as Record<string, unknown> | undefined)?.[field!];
    if (value !== undefined) variables[name!] = String(value);
  }
  const { run_ids } = (attempt.body ?? {}) as { run_ids?: string[] };
  if (run_ids) variables["RUN_ID"] = run_ids[0]!;
  return variables;
}

describe("curl", () => {
  test.each(OPERATIONS.map(({ id, method, path }) => ({ id, method, path })))(
    "$method $path: works when pasted",
    async ({ id }) => {
      const command = await readCurl(id);
      const attempt = await FIXTURES[id]!(stage);
      const isStream = id === "streamAuditLog";
      const { output, errors, status } = await runShell(command, {
        env: variablesFor(command, attempt),
        ...(isStream && { until: /^id: /m }),
      });
      const { responses } = OPERATIONS.find((known) => known.id === id)!;
      const expected = Object.keys(responses)
        .map(Number)
        .filter((each) => each < 300);
      if (isStream) expect(output).toMatch(/^data: \{/m);
      else
        expect({ output, errors, isExpected: expected.includes(status) }).toEqual({
          output,
          errors: "",
          isExpected: true,
        });
    },
  );

  test("without its key, or with a wrong one: refused", async () => {
    const command = await readCurl("listAdminRuns");
    for (const key of ["", "rf_svc_wrong"])
      expect((await runShell(command, { env: { RUNFLOW_KEY: key } })).status).toBe(401);
  });

  test("our substitutes for curl and openssl: work like them", async () => {
    for (const id of ["listAdminRuns", "planCancellationBatch", "updateWebhook", "applyProviderEvent"]) {
      const command = await readCurl(id);
      const env = variablesFor(command, await FIXTURES[id]!(stage));
      const { output, status } = await runShell(command, { env, withSubstitutes: true });
      expect([output, status < 300]).toEqual([output, true]);
    }
  });
});

describe("404", () => {
  /** Operations whose path names something. The provider's needs a signature of the body. */
  const named = OPERATIONS.filter(({ path, access }) => path.includes("{") && access.by !== "provider");

  test.each(named.map((each) => ({ id: each.id, each })))(
    "$id of something that doesn't exist: a documented code",
    async ({ id, each }) => {
      const { path, body, headers: given } = await FIXTURES[id]!(stage);
      const parts = path.split("?")[0]!.split("/");
      const holes = each.path.split("/").flatMap((part, index) => (part.startsWith("{") ? index : []));
      const last = id === "createRun" ? parts.length - 2 : holes.at(-1)!;
      parts[last] = id === "createRun" ? "no-such-model" : randomUUID();
      const reply = await callHttp(api().baseUrl, each.method, parts.join("/"), {
        headers: { "Content-Type": "application/json", ...headersOf(stage.admin, { headers: given ?? {} }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      const page = textOf((await get(`/reference/${id}`)).text);
      const { code } = JSON.parse(reply.text) as { code: string };
      expect([reply.status, code, page.includes(code)]).toEqual([404, code, true]);
    },
  );
});
