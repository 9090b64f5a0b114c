import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { isTerminal, RUN_STATUSES, type RunStatus } from "@/lib/states/run";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { compileFilter } from "./compile-filter";
import type { Filter, Op } from "./filter";
import { parseQuery } from "./parse-query";
import { LIMITS } from "./parse-syntax";
import { quoteValue } from "./quote-value";

const database = useDatabase();
let fixtures: Fixture[];
let rows: Row[];

/** A run as plain JavaScript values, for the evaluator below. */
type Row = { id: string; metadata: string | null } & Record<string, string | number | null>;

const DAY_MS = 86_400_000;
const START = Date.parse("2026-04-01T00:00:00Z");
const BATCHES = [randomUUID(), randomUUID()];
const METADATA = [
  null,
  "{}",
  '{"tenant":"t1","n":1}',
  '{"tenant":"t2","n":1.0,"a.b":"x"}',
  '{"tenant":null,"n":"1"}',
  '{"tenant":true,"n":-2.5}',
  '{"tenant":"T1","n":12345678901234567890}',
  String.raw`{"tenant":"t1\u0000","n":2}`,
  String.raw`{"tenant":"\ud800","n":3}`,
  '{"tenant":{"deep":1},"n":[1]}',
];

beforeAll(async () => {
  const { owner } = database();
  fixtures = [await seedFixture(owner), await seedFixture(owner)];
  rows = Array.from({ length: 150 }, (_, index) => makeRow(index));
  for (const row of rows) await insert(row);
});

function makeRow(index: number): Row {
  const pick = <T>(items: readonly T[], step: number): T => items[Math.floor(index / step) % items.length]!;
  const status = pick<RunStatus>(RUN_STATUSES, 1);
  const created = START + (index % 5) * (DAY_MS / 2) + (index % 3);
  const hasStarted = !["queued", "dispatching"].includes(status) && index % 4 !== 0;
  const started = hasStarted ? created + (index % 2) * 1_000 : null;
  const duration = isTerminal(status) ? 1_000 * (1 + (index % 3)) : null;
  return {
    id: randomUUID(),
    org_id: pick(fixtures, 2).orgId,
    model: pick(fixtures, 2).model,
    source_code: pick(["api", "playground", "dashboard"], 3),
    status_code: status,
    created_by: index % 3 === 0 ? pick(fixtures, 2).customer.person.id : null,
    api_key_id: index % 5 === 0 ? pick(fixtures, 2).customer.credentialId : null,
    client_ref: pick([null, "order-1", "it's", "null", "50%", ""], 1),
    batch_id: pick([null, ...BATCHES], 5),
    request_id: `req_${index % 7}`,
    created_at: created,
    started_at: started,
    completed_at: duration === null ? null : created + duration,
    duration_ms: duration,
    cost: pick([null, 0, 0.15, 0.018], 2),
    metadata: pick(METADATA, 1),
  };
}

async function insert(row: Row): Promise<void> {
  const time = (value: string | number | null | undefined) =>
    typeof value === "number" ? new Date(value) : null;
  const modelId = fixtures.find(({ orgId }) => orgId === row["org_id"])!.modelId;
  const { created_at, started_at, completed_at, ...rest } = row;
  const values: Record<string, unknown> = { ...rest, model_id: modelId, input: "{}" };
  Object.assign(values, {
    created_at: time(created_at),
    started_at: time(started_at),
    completed_at: time(completed_at),
  });
  const names = Object.keys(values);
  const marks = names.map((_, index) => `$${index + 1}`);
  await database().owner.query(
    `INSERT INTO runs (${names.join()}) VALUES (${marks.join()})`,
    Object.values(values),
  );
}

/** A reference evaluator: a comparison with an absent value is false, and NOT matches the rest. */
function isMatch(filter: Filter, row: Row): boolean {
  switch (filter.kind) {
    case "not":
      return !isMatch(filter.item, row);
    case "and":
      return filter.items.every((item) => isMatch(item, row));
    case "or":
      return filter.items.some((item) => isMatch(item, row));
    case "absent":
      return row[filter.field] === null;
    case "metadata_absent":
      return readMetadata(row, filter.key) === null;
    case "metadata": {
      const value = readMetadata(row, filter.key);
      if (value === null) return false;
      const isSameText = filter.op === "eq" && value.text === filter.value;
      if (!filter.isNumber)
        return compare(filter.op, Buffer.from(value.text).compare(Buffer.from(filter.value)), 0);
      return isSameText || (value.isNumber && compare(filter.op, Number(value.text), Number(filter.value)));
    }
    case "compare": {
      const value = row[filter.field];
      if (typeof value === "string") return value === filter.value;
      if (typeof value !== "number") return false;
      return compare(
        filter.op,
        value,
        filter.field.endsWith("_at") ? Date.parse(filter.value) : Number(filter.value),
      );
    }
  }
}

function compare(op: Op, left: number, right: number): boolean {
  return { eq: left === right, gt: left > right, gte: left >= right, lt: left < right, lte: left <= right }[
    op
  ];
}

function readMetadata({ metadata }: Row, key: string): { text: string; isNumber: boolean } | null {
  if (metadata === null || /\\u(0000|d800)/.test(metadata)) return null;
  const sources: Record<string, string> = {};
  const parse = JSON.parse as (
    text: string,
    reviver: (k: string, v: unknown, c: { source?: string }) => unknown,
  ) => unknown;
  const parsed = parse(metadata, (name, value, { source }) => {
    if (source !== undefined) sources[name] = source;
    return value;
  }) as Record<string, unknown>;
  const value = parsed[key];
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return { text: value, isNumber: false };
  return {
    text: typeof value === "object" ? JSON.stringify(value) : sources[key]!,
    isNumber: typeof value === "number",
  };
}

async function ask(q: string): Promise<string[]> {
  const filter = parseQuery(q);
  const sql = filter ? compileFilter(filter) : Prisma.sql`TRUE`;
  const found = await database().db.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT r.id FROM runs r WHERE ${sql}`,
  );
  return found.map(({ id }) => id).sort();
}

const expected = (q: string): string[] => {
  const filter = parseQuery(q)!;
  return rows
    .filter((row) => isMatch(filter, row))
    .map(({ id }) => id)
    .sort();
};

/** Any expression over the fields, with values that some rows have. */
function expressions(): fc.Arbitrary<string> {
  const of = (field: string, ops: readonly string[], values: readonly string[]) =>
    fc
      .tuple(fc.constantFrom(...ops), fc.constantFrom(...values))
      .map(([op, value]) => `${field}${op}${value}`);
  const same = [":", "=", ".eq:", ".ne:"];
  const ordered = [...same, ">", "<", ">=", "<=", ".gt:", ".gte:", ".lt:", ".lte:"];
  const ids = (field: string) => rows.map((row) => row[field]).filter((id) => id !== null) as string[];
  const times = [
    "2026-04-01",
    "2026-04-02",
    "2026-04-01T12:00:00.001Z",
    "2026-04-02T02:00+02:00",
    "2026-04-03T00:00:01",
  ];
  const comparison = fc.oneof(
    of("id", same, ids("id").slice(0, 5)),
    of("org_id", same, ids("org_id")),
    of("status_code", same, [...RUN_STATUSES, "cancelled"]),
    of("model", same, ids("model").map(quoteValue)),
    of("source_code", same, ["api", "dashboard"]),
    of("created_by", same, [...ids("created_by"), "null"]),
    of("api_key_id", same, [...ids("api_key_id").map((id) => id.toUpperCase()), "null"]),
    of("client_ref", same, ["order-1", quoteValue("it's"), "null", "'null'", "50%", "''", "nobody"]),
    of("batch_id", same, [...BATCHES, "null"]),
    of("request_id", same, ["req_1", "req_6"]),
    of("created_at", ordered, times),
    of("started_at", ordered, [...times]),
    of("completed_at", ordered, [...times]),
    of("duration_ms", ordered, ["1000", "2000", "-1"]),
    of("cost", ordered, ["0", "0.15", "0.0180", "0.1"]),
    of("metadata.tenant", ordered, ["t1", "t2", "T1", "true", "'null'", "'t'", "nobody"]),
    of("metadata.tenant", same, ["null"]),
    of("metadata.n", ordered, ["1", "1.0", "'1'", "2", "-2.50", "12345678901234567890"]),
    of("metadata.'a.b'", same, ["x", "null"]),
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      comparison,
      fc
        .tuple(tie("expression"), fc.constantFrom(" AND ", " OR ", " and "), tie("expression"))
        .map(([left, word, right]) => `(${left})${word}(${right})`),
      tie("expression").map((inner) => `NOT (${inner})`),
    ),
  }));
  return expression.filter((q) => q.split("metadata.").length - 1 <= LIMITS.maxMetadata);
}

describe("SQL of an expression", () => {
  test("finds the matching runs", async () => {
    let matches = 0;
    await fc.assert(
      fc.asyncProperty(expressions(), async (q) => {
        const found = await ask(q);
        expect(found).toEqual(expected(q));
        if (found.length > 0 && found.length < rows.length) matches++;
      }),
      { numRuns: 600 },
    );
    expect(matches).toBeGreaterThan(200);
  });

  test("NOT finds exactly the rest", async () => {
    await fc.assert(
      fc.asyncProperty(expressions(), async (q) => {
        const [found, rest] = await Promise.all([ask(q), ask(`NOT (${q})`)]);
        expect([...found, ...rest].sort()).toEqual(rows.map(({ id }) => id).sort());
      }),
      { numRuns: 200 },
    );
  });

  test("control: a plain NOT would lose the runs without a value", async () => {
    const found = await database().owner.query("SELECT id FROM runs WHERE cost > 0.1 OR NOT cost > 0.1");
    expect(found.rowCount).toBeLessThan(rows.length);
  });

  test("passes every value as a parameter", () => {
    const texts = fc.string({ unit: "binary", minLength: 1 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(texts, (text) => {
        const q = `client_ref:${quoteValue(text)} AND NOT metadata.${quoteValue(text)}:${quoteValue(text)}`;
        const { sql, values } = compileFilter(parseQuery(q)!);
        const spellings = [...new Set([text, text.normalize("NFC"), text.normalize("NFD")])];
        const plain = spellings.length === 1 ? "x" : "é";
        expect(sql).toBe(compileFilter(parseQuery(`client_ref:${plain} AND NOT metadata.k:'x'`)!).sql);
        expect(values).toEqual([spellings.length === 1 ? text : spellings, text, text]);
      }),
    );
  });

  test("finds a client ref with accents in composed or decomposed form", async () => {
    const { owner } = database();
    const [nfc, nfd] = [rows[0]!.id, rows[1]!.id];
    await owner.query(
      "UPDATE runs SET client_ref = CASE id WHEN $1 THEN E'M\\u00fcller' ELSE E'Mu\\u0308ller' END WHERE id IN ($1, $2)",
      [nfc, nfd],
    );
    for (const text of ["M\u00fcller", "Mu\u0308ller"]) {
      expect(await ask(`client_ref:'${text}'`)).toEqual([nfc, nfd].sort());
      expect(await ask(`client_ref.ne:'${text}'`)).toHaveLength(rows.length - 2);
    }
    for (const { id, client_ref } of rows.slice(0, 2))
      await owner.query("UPDATE runs SET client_ref = $2 WHERE id = $1", [id, client_ref]);
  });

  test("metadata that PostgreSQL's text can't hold: no match, no error", async () => {
    expect(await ask("metadata.tenant:t1")).toEqual(
      rows
        .filter((_, i) => i % METADATA.length === 2)
        .map(({ id }) => id)
        .sort(),
    );
  });
});
