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

const look = (text: string, reach: Reach = { all: true }) => lookUp(database().db, reach, text);
const mine = (): Reach => ({ all: false, orgIds: [fixture.orgId] });
const orgs = (...found: Fixture[]) => ({
  kind: "filter",
  q: found.map(({ orgId }) => `org_id:${orgId}`).join(" OR "),
});

describe("an id", () => {
  test("of a run leads to the run, wherever in the text it stands", async () => {
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

  test("of a run that isn't there, or is out of reach, leads to the page that says so", async () => {
    const missing = randomUUID();
    expect(await look(missing)).toEqual({ kind: "run", id: missing });
    expect(await look(foreignRun, mine())).toEqual({ kind: "run", id: foreignRun });
  });

  test("of another thing that runs have filters by it", async () => {
    expect(await look(fixture.orgId)).toEqual(orgs(fixture));
    expect(await look(BATCH)).toEqual({ kind: "filter", q: `batch_id:${BATCH}` });
    expect(await look(`ref ${REF}`)).toEqual({ kind: "filter", q: `client_ref:${REF}` });
    const { person, credentialId } = fixture.customer;
    expect(await look(person.id)).toEqual({ kind: "filter", q: `created_by:${person.id}` });
    expect(await look(credentialId)).toEqual({ kind: "run", id: credentialId });
    expect(await look(foreign.orgId, mine())).toEqual({ kind: "run", id: foreign.orgId });
  });

  test("of a request filters by it", async () => {
    const requestId = `req_${"0123456789abcdef".repeat(2)}`;
    expect(await look(`Runflow-Request-Id: ${requestId}.`)).toEqual({
      kind: "filter",
      q: `request_id:${requestId}`,
    });
  });
});

describe("an expression", () => {
  test("filters as it stands, also where a uuid is in it", async () => {
    for (const q of [
      "status_code:running AND cost>0.1",
      `org_id:${fixture.orgId}`,
      `batch_id.eq:'${BATCH}'`,
    ]) {
      expect(await look(` ${q} `)).toEqual({ kind: "filter", q });
    }
    expect(await look("  ")).toEqual({ kind: "filter", q: "" });
  });

  test("with a fault comes back as it was meant, so that the list can show the fault's place", async () => {
    for (const q of [
      "status_code:walking",
      "status_code:running AN created_at>2026-04-01",
      `batch_id:${BATCH} AND`,
      "cost > much",
      "statuscode:running",
      "NOT (colour:red)",
      "metadata.tenant:'x",
    ]) {
      expect(await look(q)).toEqual({ kind: "filter", q });
      expect(() => parseQuery(q)).toThrow(QueryProblem);
    }
  });
});

describe("a customer", () => {
  test("is found by name, a word of it, slug or e-mail, within reach", async () => {
    for (const text of ["Nordlicht Studios", "nordl", "STUDIOS", "hello@nord", "nordlicht"]) {
      expect(await look(text)).toEqual(orgs(fixture));
    }
    expect(await look("nord")).toEqual(orgs(fixture, foreign));
    expect(await look("nord", mine())).toEqual(orgs(fixture));
    expect(await look("100%_g")).toEqual(orgs(foreign));
  });

  test("is not guessed from one letter, or from a sign that means any", async () => {
    for (const text of ["n", "%", "_", "no_d", "n%"]) {
      expect(await look(text)).toEqual({ kind: "filter", q: `client_ref:'${text}'` });
    }
    expect(await look("nordwind", mine())).toEqual({ kind: "filter", q: "client_ref:'nordwind'" });
  });
});

describe("an e-mail", () => {
  test("of a person finds the runs that they created, wherever in the text it stands", async () => {
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

  test("of a person without runs, or of nobody, is a client ref", async () => {
    const { id } = fixture.support.person;
    await database().owner.query("UPDATE people SET email = 'sam@staff.example' WHERE id = $1", [id]);
    for (const email of ["sam@staff.example", "nobody@people.example"]) {
      expect(await look(email)).toEqual({ kind: "filter", q: `client_ref:'${email}'` });
    }
  });
});

test("anything else is a client ref, and always an expression without a fault", async () => {
  expect(await look("shop:17")).toEqual({ kind: "filter", q: "client_ref:'shop:17'" });
  for (const text of [
    "order-17",
    "it's",
    "a\\b",
    "(x",
    "https://shop.example/orders/17",
    "AND",
    "a\0b",
    "\ud800",
    "x".repeat(9_000),
  ]) {
    const found = await look(text);
    expect(found).toMatchObject({ kind: "filter", q: expect.stringMatching(/^client_ref:'/) });
  }
  expect(parseQuery((await look("it's a \\ (x"))["q" as never])).toMatchObject({ value: "it's a \\ (x" });
});
