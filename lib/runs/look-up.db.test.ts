import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { parseQuery } from "@/lib/platform/query/parse-query";
import { QueryProblem } from "@/lib/platform/query/query-problem";
import type { Reach } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture } from "@/test/fixture";
import { lookUp } from "./look-up";

const database = useDatabase();
const BATCH = randomUUID();
const REF = randomUUID();
let fixture: Fixture;
let foreign: Fixture;
let runId: string;
let foreignRun: string;

beforeAll(async () => {
  const { owner } = database();
  [fixture, foreign] = [await seedFixture(owner), await seedFixture(owner)];
  [runId, foreignRun] = [await makeRun(owner, fixture), await makeRun(owner, foreign)];
  await owner.query("UPDATE runs SET batch_id = $2, client_ref = $3 WHERE id = $1", [
    await makeRun(owner, fixture),
    BATCH,
    REF,
  ]);
  await owner.query("UPDATE runs SET client_ref = 'shop:17' WHERE id = $1", [await makeRun(owner, fixture)]);
  const rename = "UPDATE organizations SET name = $2, slug = $3, email = $4 WHERE id = $1";
  await owner.query(rename, [fixture.orgId, "Nordlicht Studios", "nordlicht", "hello@nordlicht.example"]);
  await owner.query(rename, [foreign.orgId, "Nordwind 100%_GmbH", "nordwind", "office@wind.example"]);
});

const look = (text: string, reach: Reach = { all: true }) =>
  lookUp(database().db, { reach, permissions: new Set(["runs.read", "audit.read"]) }, text);
const mine = (): Reach => ({ all: false, orgIds: [fixture.orgId] });
const orgs = (...found: Fixture[]) => ({
  kind: "filter",
  q: found.map(({ orgId }) => `org_id:${orgId}`).join(" OR "),
});

describe("id", () => {
  test("of a run: finds the run, anywhere in the text", async () => {
    for (const text of [
      runId,
      ` ${runId.toUpperCase()}\n`,
      `https://console.example.com/runs/${runId}?tab=audit`,
      `Please cancel ${runId}, it is stuck (org ${fixture.orgId}).`,
      `status_code:running ${runId}`,
      `${fixture.orgId} ${runId}`,
    ]) {
      expect(await look(text)).toEqual({ kind: "run", id: runId });
    }
  });

  test("of a missing run or one out of reach: opens the run's page, which reports it", async () => {
    const missing = randomUUID();
    expect(await look(missing)).toEqual({ kind: "run", id: missing });
    expect(await look(foreignRun, mine())).toEqual({ kind: "run", id: foreignRun });
  });

  test("in another field of runs: filters by that field", async () => {
    expect(await look(fixture.orgId)).toEqual(orgs(fixture));
    expect(await look(BATCH)).toEqual({ kind: "filter", q: `batch_id:${BATCH}` });
    expect(await look(`ref ${REF}`)).toEqual({ kind: "filter", q: `client_ref:${REF}` });
    const { person, credentialId } = fixture.customer;
    expect(await look(person.id)).toEqual({ kind: "filter", q: `created_by:${person.id}` });
    expect(await look(credentialId)).toEqual({ kind: "run", id: credentialId });
    expect(await look(foreign.orgId, mine())).toEqual({ kind: "run", id: foreign.orgId });
  });

  test("of a request: filters by the request", async () => {
    const requestId = `req_${"0123456789abcdef".repeat(2)}`;
    expect(await look(`Runflow-Request-Id: ${requestId}.`)).toEqual({
      kind: "filter",
      q: `request_id:${requestId}`,
    });
  });
});

describe("expression", () => {
  test("filters unchanged, even with a uuid in it", async () => {
    for (const q of [
      "status_code:running AND cost>0.1",
      `org_id:${fixture.orgId}`,
      `batch_id.eq:'${BATCH}'`,
    ]) {
      expect(await look(` ${q} `)).toEqual({ kind: "filter", q });
    }
    expect(await look("  ")).toEqual({ kind: "filter", q: "" });
  });

  test("with a mistake: returned unchanged, so that the list shows its position", async () => {
    for (const q of [
      "status_code:walking",
      "status_code:running AN created_at>2026-04-01",
      `batch_id:${BATCH} AND`,
      "cost > much",
      "statuscode:running",
      "NOT (color:red)",
      "metadata.tenant:'x",
    ]) {
      expect(await look(q)).toEqual({ kind: "filter", q });
      expect(() => parseQuery(q)).toThrow(QueryProblem);
    }
  });
});

describe("customer", () => {
  test("found by name, a word of it, slug or email, within reach", async () => {
    for (const text of ["Nordlicht Studios", "nordl", "STUDIOS", "hello@nord", "nordlicht"]) {
      expect(await look(text)).toEqual(orgs(fixture));
    }
    expect(await look("nord")).toEqual(orgs(fixture, foreign));
    expect(await look("nord", mine())).toEqual(orgs(fixture));
    expect(await look("100%_g")).toEqual(orgs(foreign));
  });

  test("not guessed from one letter or a wildcard", async () => {
    for (const text of ["n", "%", "_", "no_d", "n%"]) {
      expect(await look(text)).toEqual({ kind: "filter", q: `client_ref:'${text}'` });
    }
    expect(await look("nordwind", mine())).toEqual({ kind: "filter", q: "client_ref:'nordwind'" });
  });
});

describe("email", () => {
  test("of a person: finds the runs that they created, anywhere in the text", async () => {
    const { owner } = database();
    const { person } = fixture.customer;
    const { rows } = await owner.query<{ email: string }>(
      "UPDATE people SET email = 'kim+ops@people.example' WHERE id = $1 RETURNING email",
      [person.id],
    );
    const { email } = rows[0]!;
    const found = { kind: "filter", q: `created_by:${person.id}` };
    for (const text of [
      email,
      email.toUpperCase(),
      `Kim Ops <${email}>`,
      `mailto:${email}.`,
      `from ${email}: stuck`,
    ]) {
      expect(await look(text)).toEqual(found);
      expect(await look(text, mine())).toEqual(found);
    }
    const elsewhere: Reach = { all: false, orgIds: [foreign.orgId] };
    expect(await look(email, elsewhere)).toEqual({ kind: "filter", q: `client_ref:'${email}'` });
  });

  test("unknown, or of a person without runs: a client ref", async () => {
    const { id } = fixture.support.person;
    await database().owner.query("UPDATE people SET email = 'sam@staff.example' WHERE id = $1", [id]);
    for (const email of ["sam@staff.example", "nobody@people.example"]) {
      expect(await look(email)).toEqual({ kind: "filter", q: `client_ref:'${email}'` });
    }
  });
});

test("any other text: a client ref, always a valid expression", async () => {
  expect(await look("shop:17")).toEqual({ kind: "filter", q: "client_ref:'shop:17'" });
  for (const text of ["order-17", "it's", "a\\b", "(x", "AND", "a\0b", "\ud800"]) {
    const found = await look(text);
    expect(found).toMatchObject({ kind: "filter", q: expect.stringMatching(/^client_ref:'/) });
  }
  expect(parseQuery((await look("it's a \\ (x"))["q" as never])).toMatchObject({ value: "it's a \\ (x" });
});

describe("pasted text", () => {
  const REQUEST = `req_${"89abcdef01234567".repeat(2)}`;
  const MD5 = "d41d8cd98f00b204e9800998ecf8427e";
  const KEY = "rf_live_Zq7x";
  let other: Fixture;
  let keyId: string;
  let keyRun: string;

  beforeAll(async () => {
    const { owner } = database();
    other = await seedFixture(owner);
    await owner.query("UPDATE organizations SET name = $2, slug = $3, email = $4 WHERE id = $1", [
      other.orgId,
      "Müller & Söhne Werkstatt",
      "mueller-soehne",
      "Team@mueller.example",
    ]);
    keyId = other.customer.credentialId;
    await owner.query("UPDATE api_keys SET prefix = $2 WHERE id = $1", [keyId, KEY]);
    keyRun = await makeRun(owner, other);
    await owner.query("UPDATE runs SET request_id = $2, client_ref = $3, api_key_id = $4 WHERE id = $1", [
      keyRun,
      REQUEST,
      "Mu\u0308ller–17",
      keyId,
    ]);
    await owner.query("UPDATE runs SET client_ref = $2 WHERE id = $1", [await makeRun(owner, other), MD5]);
    await owner.query("UPDATE models SET slug = 'pasted/very-smart-resize' WHERE id = $1", [other.modelId]);
    await cancelFor("＃48219", "ticket ＃48219");
    await cancelFor("ZD-771", "see ZD-771");
  });

  /** Writes the audit entry of a cancellation with this ticket. */
  async function cancelFor(ticket: string, reason: string): Promise<void> {
    const { owner } = database();
    await owner.query(
      `INSERT INTO audit_entries (org_id, action, actor_type, actor_id, actor_name, target_type, target_id, target_label,
         source, request_id, meta)
       VALUES ($1, 'run.cancelled', 'system', $1, 'x', 'run', uuidv7(), 'x', 'api', 'req_x',
         jsonb_build_object('reason', $3::text, 'ticket', $2::text))`,
      [other.orgId, ticket, reason],
    );
  }

  const filter = (q: string) => ({ kind: "filter", q });
  const link = (id: string) => `https://console.example/runs/${id}`;
  const safe = (text: string) =>
    `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(text)}&data=05%7C02`;

  test.each<[string, (id: string) => string]>([
    ["a mail gateway's link", (id) => safe(link(id))],
    ["a link wrapped twice", (id) => safe(safe(link(id)))],
    ["an encoded pair", (id) => `run_id%3D${id}`],
    ["without hyphens", (id) => id.replaceAll("-", "")],
    ["other dashes", (id) => id.replaceAll("-", "–")],
    ["an invisible character inside", (id) => `${id.slice(0, 20)}\u200b${id.slice(20)}`],
    ["a quoted line break inside", (id) => `> ${id.slice(0, 20)}\r\n> ${id.slice(20)}`],
    ["braces", (id) => `{${id}}`],
    ["an expression without operators", (id) => `id:${id.replaceAll("-", "")}`],
  ])("run id: found in %s", async (_what, spell) => {
    expect(await look(spell(runId))).toEqual({ kind: "run", id: runId });
  });

  test.each([
    REQUEST.toUpperCase(),
    `https://desk.example/?q=x%2F${REQUEST}`,
    `\u200b${REQUEST.slice(0, 9)}\u00ad${REQUEST.slice(9)}`,
    REQUEST.slice(4),
  ])("request id: found in %j", async (text) => {
    expect(await look(text)).toEqual(filter(`request_id:${REQUEST}`));
  });

  test.each([
    "Mu\u0308ller & So\u0308hne Werkstatt",
    "MULLER",
    "sohne",
    " Müller  &\u00a0Söhne\u200b",
    "Müller%20%26%20Söhne",
    "„Müller & Söhne“",
    "mueller–soehne",
    "ｍｕｅｌｌｅｒ",
    "team@mueller.example",
    "Müller Ops <team@mueller.example>",
    '"Ops, Müller" <TEAM@MUELLER.EXAMPLE>',
    "<team@mueller.example>",
    "team@mueller.example;",
    "team@mueller.example,",
    "mailto:team@mueller.example",
    "mailto:team@mueller.example?subject=stuck",
    "team%40mueller.example",
    "team@mueller.example\u200b",
    "ｔｅａｍ＠mueller.example",
  ])("customer: found in %j", async (text) => {
    expect(await look(text)).toEqual(orgs(other));
  });

  test.each([
    "mailto:ann@pasted.example?subject=x",
    "ann%40pasted.example",
    '"Ann, A" <ANN@pasted.example>',
    "https://mail.example/?to=ann%40pasted.example&x=1",
  ])("person: found in %j", async (text) => {
    const { person } = other.customer;
    await database().owner.query("UPDATE people SET email = 'ann@pasted.example' WHERE id = $1", [person.id]);
    expect(await look(text)).toEqual(filter(`created_by:${person.id}`));
  });

  test.each(["Müller–17", "Mu\u0308ller–17", "Müller–17\u200b", "M%C3%BCller–17", '"Müller–17"'])(
    "client ref: found as stored: %j",
    async (text) => expect(await look(text)).toEqual(filter("client_ref:'Mu\u0308ller–17'")),
  );

  test("client ref of 32 hexadecimal digits: not taken for an id", async () => {
    expect(await look(MD5)).toEqual(filter(`client_ref:'${MD5}'`));
  });

  test.each([KEY, `${KEY}AbCdEf123456`, `Key \u200b${KEY}…`])("key: finds its runs: %j", async (text) => {
    expect(await look(text)).toEqual(filter(`api_key_id:${keyId}`));
    expect(await look(text, mine())).toMatchObject({
      kind: "nothing",
      message: expect.stringContaining(`starts with ${KEY}`) as string,
    });
  });

  test.each(["pasted/very-smart-resize", "very-smart-resize", "Very‑Smart‑Resize", "“very-smart-resize”"])(
    "model: finds its runs: %j",
    async (text) => expect(await look(text)).toEqual(filter("model:'pasted/very-smart-resize'")),
  );

  test.each([
    ["#48219", "#48219"],
    ["＃48219\u200b", "#48219"],
    ["ticket 48219", "48219"],
    ["48219", "48219"],
    ["ZD-771", "ZD-771"],
    ["ZD–771.", "ZD-771"],
  ])("ticket: finds its entries: %j", async (text, ticket) => {
    expect(await look(text)).toEqual({ kind: "ticket", ticket });
    expect(await look(text, mine())).toMatchObject({ kind: "filter" });
    const withoutTrail = { reach: { all: true }, permissions: new Set(["runs.read"] as const) } as const;
    expect(await lookUp(database().db, withoutTrail, text)).toMatchObject({ kind: "filter" });
  });

  test.each<[string, (id: string) => string]>([
    ["as lists shorten it", (id) => `${id.slice(0, 8)}…${id.slice(-6)}`],
    ["with three dots, in a sentence", (id) => `see ${id.slice(0, 8)}...${id.slice(-6)}, stuck`],
    ["as titles show it", (id) => `Run ${id.slice(0, 13)}`],
    ["without its end", (id) => id.slice(0, 30)],
  ])("shortened id: finds its run: %s", async (_what, cut) => {
    // The only run of this file created in this second.
    const id = "0150f1a0-c0de-7000-8000-00000012abcd";
    const { owner } = database();
    await owner.query(
      `INSERT INTO runs (id, org_id, model_id, model, source_code, input, request_id)
       SELECT $1, org_id, model_id, model, source_code, input, request_id FROM runs WHERE id = $2 ON CONFLICT DO NOTHING`,
      [id, keyRun],
    );
    expect(await look(cut(id))).toEqual({ kind: "run", id });
    expect(await look(cut(id), mine())).toMatchObject({
      kind: "filter",
      q: expect.stringMatching(/^client_ref:/) as string,
    });
  });

  test.each([
    "https://shop.example/orders/17",
    "www.shop.example/17",
    safe("https://shop.example/orders/17"),
  ])("link without a match: not a client ref: %j", async (text) => {
    expect(await look(text)).toEqual({
      kind: "nothing",
      message: expect.stringContaining("found in this link") as string,
    });
  });

  test("link that is a client ref: found", async () => {
    const { owner } = database();
    const ref = "https://shop.example/orders/18";
    await owner.query("UPDATE runs SET client_ref = $2 WHERE id = $1", [await makeRun(owner, other), ref]);
    expect(await look(` ${ref}\u200b`)).toEqual(filter(`client_ref:'${ref}'`));
  });

  test("text that is invisible, or too long for a client ref: says why", async () => {
    expect(await look("\u200b\u2800")).toMatchObject({ kind: "nothing" });
    expect(await look("x".repeat(300))).toMatchObject({
      kind: "nothing",
      message: expect.stringContaining("too long") as string,
    });
    expect(await look(`${"log line\n".repeat(800)}${runId}`)).toEqual({ kind: "run", id: runId });
  });
});
