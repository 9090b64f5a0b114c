import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { callHttp } from "@/test/call-http";
import { makePerson, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { useApi } from "@/test/use-api";

const api = useApi();
let headers: Record<string, string>;

const get = (path: string, as: Record<string, string> = headers) =>
  callHttp(api().baseUrl, "GET", path, { headers: { Accept: "text/html", ...as } });

beforeAll(async () => {
  const { database, baseUrl } = api();
  headers = { ...(await signIn(baseUrl, await makePerson(database.owner, { role: "admin" }))) };
});

test("unknown address: 404 for everyone", async () => {
  for (const path of ["/nowhere", "/nowhere/at/all", "/runs/a/b"]) {
    for (const as of [headers, {}]) {
      expect((await get(path, as)).status).toBe(404);
    }
  }
});

test("page without a session: redirects to the sign-in, which returns to it", async () => {
  const { status, headers: reply } = await get("/audit?ticket=%234821", {});
  expect(status).toBe(307);
  expect(reply["location"]).toBe(`/sign-in?next=${encodeURIComponent("/audit?ticket=%234821")}`);
});

test("every page and API response: never stored by the browser, nor loaded by other sites", async () => {
  for (const [path, as] of [
    ["/runs", headers],
    ["/sign-in", {}],
    ["/nowhere", headers],
    ["/v1/auth/me", headers],
    ["/v1/auth/me", {}],
    ["/v1/admin/audit-log/export?format=csv", headers],
    ["/api/auth/csrf", {}],
  ] as const) {
    expect({ path, ...(await get(path, as)).headers }).toMatchObject({
      path,
      "cache-control": expect.stringContaining("no-store") as string,
      "cross-origin-resource-policy": "same-origin",
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'") as string,
    });
  }
  // The control: files of the build hold nobody's data.
  const style = /\/_next\/static\/[^"]+\.css/.exec((await get("/sign-in", {})).text)![0];
  expect((await get(style, {})).headers["cache-control"]).not.toContain("no-store");
});

test("page's HTML: has no style that the browser would block", async () => {
  const { database, fixture } = api();
  const id = await makeRun(database.owner, fixture);
  for (const path of [
    "/",
    "/runs",
    `/runs/${id}`,
    "/runs?columns=cost",
    "/components",
    "/reference/cancelRun",
    "/nowhere",
  ])
    expect([path, (await get(path)).text.match(/<style|<[^<>]+ style="[^"]*"/g)]).toEqual([path, null]);
});

test("first load: the page's content at once, with its HTTP status, and no placeholders", async () => {
  const { database, fixture } = api();
  const id = await makeRun(database.owner, fixture);
  for (const path of ["/runs", `/runs/${id}`]) {
    const { status, text } = await get(path);
    expect(status).toBe(200);
    const visible = text.replaceAll(/<script\b.*?<\/script>/gs, "");
    expect(visible).toContain(id.slice(0, 8));
    expect(visible).not.toContain("data-loading");
  }
  expect((await get(`/runs/${randomUUID()}`)).status).toBe(404);
});

describe("20,000 organizations", () => {
  const MOST_BYTES = 300_000;

  beforeAll(async () => {
    await api().database.owner.query(
      `INSERT INTO organizations (name, slug, email)
       SELECT 'Customer number ' || n, 'customer-number-' || n, 'office@' || n || '.example' FROM generate_series(1, 20000) n`,
    );
  });

  const pages = [
    "/",
    "/audit",
    "/audit/checkpoints",
    "/webhooks/deliveries",
    "/security",
    "/cancellations",
    "/cancellations/new",
  ];
  test.each([...pages, "/audit?org=customer-number-777", "/webhooks/deliveries?org=customer-number-777"])(
    "page %s: its HTML doesn't grow with them",
    async (path) => {
      const { status, text } = await get(path);
      expect(status).toBe(200);
      expect(text).toContain("</html>");
      expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
      expect(text.includes("Customer number 777")).toBe(path.includes("777"));
    },
  );

  test("run page: its HTML doesn't grow with them", async () => {
    const { status, text } = await get(`/runs/${await makeRun(api().database.owner, api().fixture)}`);
    expect(status).toBe(200);
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
  });

  test("customer search: forward through the pages", async () => {
    const search = async (query: string) =>
      (await api().call("GET", `/v1/admin/organizations?${query}`, { headers })).json as {
        items: { slug: string }[];
        next: string | null;
      };
    const first = await search("q=number%20777&limit=5");
    expect(first.items).toHaveLength(5);
    expect(first.items[0]).toMatchObject({ slug: "customer-number-777" });
    const second = await search(`q=number%20777&limit=500&pq=${first.next}`);
    expect(second.items).toHaveLength(6);
    expect(second.next).toBeNull();
  });
});
