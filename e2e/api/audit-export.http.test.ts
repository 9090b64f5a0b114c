import { request } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import type { AuditEntry } from "@/lib/contract/audit";
import { callHttp } from "@/test/call-http";
import { type Key, makeKey, makePerson, revokeKey, signIn } from "@/test/credentials";
import { parseCsv } from "@/test/parse-csv";
import { PERMISSION_REQUIRED, expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
const EXPORT = "/v1/admin/audit-log/export";
const SCOPES = ["admin", "audit.read", "audit.export"];
const COUNT = 1_700;
/** Formulas to a spreadsheet, and pitfalls for a naive CSV reader. */
const ODD = [
  '=HYPERLINK("http://x","y")',
  "+1",
  "-1+1",
  "@SUM(A1)",
  "\tx",
  "\rx",
  'a "b", c\nd',
  "é ü 漢 🙂",
  "  ",
];
let auditor: Key;

async function write(orgId: string, reasons: (string | null)[], url = "b"): Promise<void> {
  await api().database.owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, ip, request_id, meta)
     SELECT $1, 'webhook.updated', date_trunc('milliseconds', clock_timestamp()), 'user', $1, 'Ada, "the" Admin', 'webhook', $1,
       'https://hooks.example.com', 'api', '192.0.2.1', 'req_x',
       jsonb_build_object('reason', reason, 'ticket', null, 'changes', jsonb_build_object('url', jsonb_build_array('a', $3::text)))
     FROM unnest($2::text[]) WITH ORDINALITY AS t (reason, n) ORDER BY n`,
    [orgId, reasons, url],
  );
}

beforeAll(async () => {
  const { database, fixture, otherScene } = api();
  auditor = await makeKey(database.owner, {
    ownerId: (await makePerson(database.owner, { role: "auditor" })).id,
    scopes: SCOPES,
  });
  await write(
    fixture.orgId,
    Array.from({ length: COUNT }, (_, index) => `Series ${index}`),
  );
  await write(otherScene.orgId, ODD);
});

const download = (query: Record<string, string>, headers: object = auditor.headers) =>
  callHttp(api().baseUrl, "GET", `${EXPORT}?${new URLSearchParams(query)}`, { headers: { ...headers } });
const entriesOf = (text: string): AuditEntry[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEntry);

/** The trail as the list shows it, page after page. */
async function listAll(query: Record<string, string>): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  let pq: string | null | undefined;
  do {
    const params = new URLSearchParams({ ...query, limit: "500", ...(pq && { pq }) });
    const { json } = await api().call("GET", `/v1/admin/audit-log?${params}`, auditor);
    const page = json as { items: AuditEntry[]; next: string | null };
    entries.push(...page.items);
    pq = page.next;
  } while (pq);
  return entries;
}

const exportsOf = async () =>
  (await listAll({ action: "audit.exported" })).map(({ meta, target, actor, context }) => ({
    meta,
    target,
    actor,
    context,
  }));

describe("export", () => {
  test("ndjson: the whole list, and one entry that records the filters", async () => {
    const query = { org_id: api().fixture.orgId, reason: "series" };
    const expected = await listAll(query);
    const before = (await exportsOf()).length;
    const reply = await download({ ...query, format: "ndjson" });
    expect(reply.status).toBe(200);
    expect(reply.headers["content-type"]).toBe("application/x-ndjson; charset=utf-8");
    expect(reply.headers["content-disposition"]).toMatch(
      /^attachment; filename="audit_filtered_made-\d{4}-\d\d-\d\dT\d{6}Z\.ndjson"$/,
    );
    expect(reply.headers["cache-control"]).toBe("no-store, no-transform");
    expect(expected).toHaveLength(COUNT);
    expect(entriesOf(reply.text)).toEqual(expected);
    const [newest, ...others] = await exportsOf();
    expect(others).toHaveLength(before);
    const name = /filename="(.*)"/.exec(String(reply.headers["content-disposition"]))![1];
    expect(newest).toMatchObject({
      actor: { id: auditor.id, type: "service_key" },
      context: { request_id: reply.headers["runflow-request-id"] },
      target: { type: "audit", id: query.org_id, label: name },
      meta: { format: "ndjson", proof: false, filter: query, org_ids: null },
    });
  });

  test("CSV: a row for each entry, formulas escaped", async () => {
    const query = { org_id: api().otherScene.orgId };
    const expected = await listAll(query);
    const reply = await download({ ...query, format: "csv", from: "2020-01-01" });
    expect(reply.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(reply.headers["content-disposition"]).toContain('filename="audit_from-2020-01-01_filtered_made-');
    const [head, ...rows] = parseCsv(reply.text);
    const records = rows.map((row) => Object.fromEntries(head!.map((name, index) => [name, row[index]])));
    expect(records.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(records.map(({ reason }) => reason)).toEqual(
      ODD.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)).toReversed(),
    );
    expect(records[0]).toMatchObject({
      occurred_at: expected[0]!.occurred_at,
      org_id: query.org_id,
      action: "webhook.updated",
      actor_name: 'Ada, "the" Admin',
      ticket: "",
      meta: '{"changes":{"url":["a","b"]}}',
      position: "",
    });
    for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  test("no match: an empty file, still audited", async () => {
    const before = (await exportsOf()).length;
    const query = { reason: "nowhere to be found" };
    expect((await download({ ...query, format: "ndjson" })).text).toBe("");
    expect(parseCsv((await download({ ...query, format: "csv" })).text)).toHaveLength(1);
    expect(await exportsOf()).toHaveLength(before + 2);
  });

  test("CSV byte order mark: for a person, not for a key", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner, { role: "auditor" });
    const query = { format: "csv", reason: "nowhere to be found" };
    const forPerson = (await download(query, await signIn(baseUrl, person))).text;
    const forScript = (await download(query)).text;
    expect(forScript).toMatch(/^position,/);
    expect(forPerson).toBe(`\uFEFF${forScript}`);
  });

  test("scope: only entries within the caller's access", async () => {
    const { database, baseUrl, fixture, otherScene } = api();
    const person = await makePerson(database.owner, { role: "auditor", orgIds: [otherScene.orgId] });
    const headers = await signIn(baseUrl, person);
    const entries = entriesOf((await download({ format: "ndjson" }, headers)).text);
    expect(entries).toHaveLength(ODD.length);
    expect(new Set(entries.map(({ org_id }) => org_id))).toEqual(new Set([otherScene.orgId]));
    expect((await download({ format: "ndjson", org_id: fixture.orgId }, headers)).text).toBe("");
    const narrowed = { ...auditor.headers, "X-Organization-Id": otherScene.orgId };
    expect(entriesOf((await download({ format: "ndjson" }, narrowed)).text)).toHaveLength(ODD.length);
  });

  test("HEAD: exports and audits nothing", async () => {
    const before = (await exportsOf()).length;
    const reply = await callHttp(api().baseUrl, "HEAD", `${EXPORT}?format=csv`, { headers: auditor.headers });
    expect(reply).toMatchObject({ status: 200, text: "" });
    expect(reply.headers["content-disposition"]).toContain(".csv");
    expect(await exportsOf()).toHaveLength(before);
  });
});

describe("export refused", () => {
  test.each<[string, Record<string, string>]>([
    ["format", {}],
    ["format", { format: "pdf" }],
    ["action", { format: "csv", action: "run.deleted" }],
    ["from", { format: "csv", from: "yesterday" }],
    ["pq", { format: "csv", pq: "x" }],
    ["format", { format: "csv", proof: "true" }],
    ["reason", { format: "ndjson", proof: "true", reason: "x" }],
    ["action", { format: "ndjson", proof: "true", action: "run.cancelled" }],
    ["ticket", { format: "ndjson", proof: "true", ticket: "#1" }],
  ])("invalid %s: %j", async (name, query) => {
    const wrong = {
      status: 422,
      code: "VALIDATION_ERROR",
      error: { loc: ["query", name] },
      actorId: auditor.id,
    };
    await expectRefusal(
      api(),
      { method: "GET", path: `${EXPORT}?${new URLSearchParams(query)}`, ...auditor },
      wrong,
    );
  });

  test("for support, and for a key with read access only", async () => {
    const { database, baseUrl } = api();
    const support = await makePerson(database.owner);
    const reader = await makeKey(database.owner, { ownerId: support.id, scopes: ["admin", "audit.read"] });
    const denied = { status: 403, code: "PERMISSION_DENIED", error: PERMISSION_REQUIRED("audit.export") };
    const path = `${EXPORT}?format=csv`;
    await expectRefusal(
      api(),
      { method: "GET", path, headers: reader.headers },
      { ...denied, actorId: reader.id },
    );
    const headers = { ...(await signIn(baseUrl, support)) };
    await expectRefusal(api(), { method: "GET", path, headers }, { ...denied, actorId: support.id });
  });

  test("on navigation from another site, so no one is recorded for an export they didn't start", async () => {
    const { database, baseUrl } = api();
    const person = await makePerson(database.owner, { role: "auditor" });
    const cookie = { ...(await signIn(baseUrl, person)) };
    for (const site of ["cross-site", "same-site"]) {
      await expectRefusal(
        api(),
        { method: "GET", path: `${EXPORT}?format=csv`, headers: { ...cookie, "Sec-Fetch-Site": site } },
        {
          status: 403,
          code: "PERMISSION_DENIED",
          error: { type: "cross_origin_request" },
          actorId: person.id,
        },
      );
    }
    for (const site of ["same-origin", "none"]) {
      expect((await download({ format: "csv" }, { ...cookie, "Sec-Fetch-Site": site })).status).toBe(200);
    }
  });
});

/** Reads the head, then pauses until the test resumes it. */
function openSlowly(query: Record<string, string>, headers: Record<string, string>) {
  const outgoing = request(`${api().baseUrl}${EXPORT}?${new URLSearchParams(query)}`, {
    headers,
    agent: false,
  });
  return new Promise<{ read(): Promise<{ text: string; isComplete: boolean }>; leave(): void }>(
    (resolve, reject) => {
      outgoing.on("error", reject).on("response", (incoming) => {
        resolve({
          leave: () => outgoing.destroy(),
          read: () =>
            new Promise((done) => {
              let text = "";
              incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
              incoming.on("error", () => {}).on("close", () => done({ text, isComplete: incoming.complete }));
            }),
        });
      });
      outgoing.end();
    },
  );
}

describe("running export", () => {
  /** Far more than the connection's buffers hold, so the server reads only as fast as the client. */
  beforeAll(async () => {
    const { fixture } = api();
    await write(
      fixture.orgId,
      Array.from({ length: 9_000 }, (_, index) => `Long ${index}`),
      "x".repeat(3_000),
    );
  });
  const LONG = { format: "ndjson", reason: "long" };
  const newKey = async () =>
    makeKey(api().database.owner, {
      ownerId: (await makePerson(api().database.owner, { role: "admin" })).id,
      scopes: SCOPES,
    });

  test("slow client: gets everything that existed at the start, at its own pace", async () => {
    const key = await newKey();
    const slow = await openSlowly(LONG, key.headers);
    await write(api().fixture.orgId, ["Long after it began"]);
    const { text, isComplete } = await slow.read();
    expect(isComplete).toBe(true);
    const ids = entriesOf(text).map(({ id }) => id);
    expect(ids).toHaveLength(9_000);
    expect(new Set(ids).size).toBe(9_000);
  });

  test("credential ends: cut off, so a partial file can't pass for a whole one", async () => {
    const key = await newKey();
    const slow = await openSlowly(LONG, key.headers);
    await revokeKey(api().database.owner, key);
    expect((await slow.read()).isComplete).toBe(false);
  });

  test("database fails: cut off", async () => {
    const key = await newKey();
    const { owner } = api().database;
    const slow = await openSlowly(LONG, key.headers);
    await owner.query("ALTER TABLE audit_seals RENAME TO audit_seals_away");
    try {
      expect((await slow.read()).isComplete).toBe(false);
    } finally {
      await owner.query("ALTER TABLE audit_seals_away RENAME TO audit_seals");
    }
  });

  test("client leaves: the export ends; limit: four per credential", async () => {
    const key = await newKey();
    const open = await Promise.all([1, 2, 3, 4].map(() => openSlowly(LONG, key.headers)));
    const fifth = { method: "GET", path: `${EXPORT}?format=ndjson`, headers: key.headers };
    await expectRefusal(api(), fifth, { status: 429, code: "RATE_LIMITED", actorId: key.id });
    open.forEach(({ leave }) => leave());
    const again = async () => (await download({ format: "csv", reason: "nowhere" }, key.headers)).status;
    await expect.poll(again, { timeout: 10_000 }).toBe(200);
  });
});
