import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIELD_NAMES, FIELDS } from "@/lib/states/run-fields";
import { parseQuery } from "./parse-query";
import { QueryProblem } from "./query-problem";
import { quoteValue } from "./quote-value";

const ID = "01a2105b-b058-7603-bcd5-4e7603b8ed86";

function problemOf(q: string): QueryProblem {
  try {
    parseQuery(q);
  } catch (error) {
    if (error instanceof QueryProblem) return error;
    throw error;
  }
  throw new Error(`${q} is valid`);
}

test.each(FIELD_NAMES)("example of %s: filters by that field", (field) => {
  const { example } = FIELDS[field];
  expect(example.startsWith(field)).toBe(true);
  expect(parseQuery(example)).toBeDefined();
});

test("the last representable day: its first moment and later", () => {
  expect(parseQuery("created_at:9999-12-31")).toMatchObject({ kind: "compare", op: "gte" });
});

describe("expression", () => {
  test("empty: matches everything", () => {
    expect(parseQuery("")).toBeUndefined();
    expect(parseQuery(" \n\t")).toBeUndefined();
  });

  test("NOT binds closer than AND, AND closer than OR", () => {
    const [a, b, c] = ["model:a", "model:b", "model:c"].map((q) => parseQuery(q));
    expect(parseQuery("model:a OR model:b AND NOT model:c")).toEqual({
      kind: "or",
      items: [a, { kind: "and", items: [b, { kind: "not", item: c }] }],
    });
    expect(parseQuery("(model:a or model:b) and not not model:c")).toEqual({
      kind: "and",
      items: [{ kind: "or", items: [a, b] }, c],
    });
    expect(parseQuery("NOT(model:a)AND(model:b)")).toEqual({
      kind: "and",
      items: [{ kind: "not", item: a }, b],
    });
  });

  test.each([
    ["status_code:running", { field: "status_code", op: "eq", value: "running" }],
    ["status_code = cancelled", { field: "status_code", op: "eq", value: "canceled" }],
    ["status_code.eq:'canceled'", { field: "status_code", op: "eq", value: "canceled" }],
    ["model.eq:'runflow/smart-resize'", { field: "model", op: "eq", value: "runflow/smart-resize" }],
    ["model:runflow/smart-resize", { field: "model", op: "eq", value: "runflow/smart-resize" }],
    [`id:${ID.toUpperCase()}`, { field: "id", op: "eq", value: ID }],
    ["duration_ms>=1500", { field: "duration_ms", op: "gte", value: "1500" }],
    ["duration_ms.lt:1500", { field: "duration_ms", op: "lt", value: "1500" }],
    ["cost > 0.05", { field: "cost", op: "gt", value: "0.05" }],
    ["created_at>2026-04-01", { field: "created_at", op: "gt", value: "2026-04-01T00:00:00.0+00:00" }],
    [
      "created_at<='2026-04-01 10:30'",
      { field: "created_at", op: "lte", value: "2026-04-01T10:30:00.0+00:00" },
    ],
    [
      "started_at<2026-04-01T01:30:00.25+02:00",
      { field: "started_at", op: "lt", value: "2026-03-31T23:30:00.25+00:00" },
    ],
    [
      "started_at<2026-04-01T01:30:00.25 02:00",
      { field: "started_at", op: "lt", value: "2026-03-31T23:30:00.25+00:00" },
    ],
    [
      "started_at<2026-04-01 01:30:00 +0200",
      { field: "started_at", op: "lt", value: "2026-03-31T23:30:00.0+00:00" },
    ],
    ["created_at>2026-04-01 10:30", { field: "created_at", op: "gt", value: "2026-04-01T10:30:00.0+00:00" }],
    ["client_ref:a:b", { field: "client_ref", op: "eq", value: "a:b" }],
    [
      String.raw`client_ref:"say \"it's\" \\"`,
      { field: "client_ref", op: "eq", value: String.raw`say "it's" \ `.trim() },
    ],
    [String.raw`client_ref:'AND (it\'s)'`, { field: "client_ref", op: "eq", value: "AND (it's)" }],
    ["client_ref:''", { field: "client_ref", op: "eq", value: "" }],
    ["client_ref:'null'", { field: "client_ref", op: "eq", value: "null" }],
    ["status_code：running", { field: "status_code", op: "eq", value: "running" }],
    ["duration_ms≥1500", { field: "duration_ms", op: "gte", value: "1500" }],
    ["duration_ms＞＝1500", { field: "duration_ms", op: "gte", value: "1500" }],
    ["\u3000status_code:\u2003running\u00a0", { field: "status_code", op: "eq", value: "running" }],
    ["client_ref:it’s", { field: "client_ref", op: "eq", value: "it’s" }],
    ["client_ref:'a\u200b“b”'", { field: "client_ref", op: "eq", value: "a\u200b“b”" }],
  ])("compares: %s", (q, expected) => {
    expect(parseQuery(q)).toEqual({ kind: "compare", ...expected });
  });

  test.each([
    "„a b“",
    "“a b”",
    "”a b”",
    "«a b»",
    "»a b«",
    "‘a b’",
    "‚a b‘",
    "‹a b›",
    "「a b」",
    "『a b』",
    "＂a b＂",
    "＇a b＇",
    "´a b´",
    "`a b`",
    '“a b"',
    "‘a b'",
    "〝a b〟",
  ])("quotation marks of every kind: %s", (quoted) => {
    const expected = { kind: "compare", field: "client_ref", op: "eq", value: "a b" };
    expect(parseQuery(`client_ref:${quoted}`)).toEqual(expected);
    expect(parseQuery(`(client_ref.eq:${quoted}) AND model:x`)).toMatchObject({ items: [expected, {}] });
  });

  test("day after : and =: the whole day", () => {
    const [gte, lt] = [
      parseQuery("created_at>=2026-02-28"),
      parseQuery("created_at<2026-03-01T00:00:00.000Z"),
    ];
    expect(parseQuery("created_at:2026-02-28")).toMatchObject({ kind: "and", items: [gte, { op: "lt" }] });
    expect(lt).toMatchObject({ value: "2026-03-01T00:00:00.000+00:00" });
  });

  test.each([
    ["metadata.tenant:t1", { kind: "metadata", key: "tenant", op: "eq", value: "t1", isNumber: false }],
    ["metadata.n>1.50", { kind: "metadata", key: "n", op: "gt", value: "1.50", isNumber: true }],
    ["metadata.n>'1.5'", { kind: "metadata", key: "n", op: "gt", value: "1.5", isNumber: false }],
    ["metadata.eq:x", { kind: "metadata", key: "eq", op: "eq", value: "x", isNumber: false }],
    ["metadata.'a.b c'.gte:x", { kind: "metadata", key: "a.b c", op: "gte", value: "x", isNumber: false }],
    ["metadata.Tenant:null", { kind: "metadata_absent", key: "Tenant" }],
    ["client_ref:null", { kind: "absent", field: "client_ref" }],
    ["client_ref.ne:NULL", { kind: "not", item: { kind: "absent", field: "client_ref" } }],
    ["model.ne:a", { kind: "not", item: { kind: "compare", field: "model", op: "eq", value: "a" } }],
  ])("metadata and absent values: %s", (q, expected) => {
    expect(parseQuery(q)).toEqual(expected);
  });

  test("quoted text: round-trips", () => {
    const texts = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0") && text.length < 1_900);
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseQuery(`client_ref:${quoteValue(text)}`)).toEqual({
          kind: "compare",
          field: "client_ref",
          op: "eq",
          value: text,
        });
      }),
    );
  });
});

test("metadata: at most five comparisons, in any combination", () => {
  const terms = Array.from({ length: 6 }, (_, index) => `metadata.k${index}:1`);
  expect(parseQuery(terms.slice(0, 5).join(" OR "))).toMatchObject({ kind: "or" });
  expect(parseQuery([...terms.slice(0, 5), ...Array(95).fill("model:a")].join(" OR "))).toBeDefined();
  for (const join of [" OR ", " AND NOT ", " AND (model:a) OR NOT "]) {
    const q = terms.join(join);
    expect(problemOf(q).at).toBe(q.indexOf("metadata.k5"));
    expect(problemOf(q).sentence).toMatch(/more than 5 comparisons of metadata, at position \d+\.$/);
  }
  const nested = `(${terms.slice(0, 3).join(" OR ")}) AND NOT (metadata.a:null OR (metadata.b>1 AND metadata.c.ne:x))`;
  expect(problemOf(nested).at).toBe(nested.indexOf("metadata.c"));
});

describe("fault: reported with position", () => {
  test.each([
    ["status_code:", 13, "Missing value after “status_code:”"],
    ["status_code", 12, "Add an operator (: = > < >= <=) after “status_code”"],
    ["status_code:running AND", 24, "Missing comparison after “AND”"],
    ["status_code:running created_at>2026-04-01", 21, "Add AND or OR before “created_at”"],
    ["(model:a", 9, "Missing “)”"],
    ["model:a)", 8, 'Unexpected ")"'],
    ["model:a=b", 8, 'Unexpected "="'],
    ["AND model:a", 1, "Missing comparison before “AND”"],
    ["NOT", 4, "Missing comparison after “NOT”"],
    ["client_ref:'x", 14, "no end"],
    ["client_ref:“x", 14, "no end"],
    ["status_code:\u202erunning", 13, "invisible character, U+202E; remove it"],
    ["status_code:run\u200bning", 16, "U+200B"],
    ["\u202estatus_code:running", 1, "found U+202E"],
    ["model:a \u2060 AND model:b", 9, "U+2060"],
    ["st\u0430tus_code:running", 3, 'not "\u0430" (U+0430)'],
    [String.raw`client_ref:'\n'`, 13, "backslash"],
    ["client_ref:a\0b", 12, "can't be searched"],
    ["metadata.'\ud800':b", 10, "can't be searched"],
    ["password:x", 1, "Unknown field “password”"],
    ["__proto__:x", 1, "Unknown field “__proto__”"],
    ["model:a AND Model:b", 13, "Did you mean model?"],
    ["metadata:x", 1, "a key"],
    ["metadata.a.eq.c:x", 15, "without subfields"],
    ["metadata.a.b:x", 12, "is not one of eq, ne"],
    ["model.name.eq:x", 7, "no subfields"],
    ["model.is:x", 7, "is not one of eq, ne"],
    ["model.eq=x", 9, "a colon"],
    ["status_code:walking", 13, "one of queued"],
    ["source_code:mail", 13, "one of api"],
    ["id:5", 4, "a uuid"],
    ["org_id:null5", 8, "a uuid"],
    ["created_at>yesterday", 12, "a day or a time"],
    ["created_at>2026-02-30", 12, "a day or a time"],
    ["created_at>2026-04-01T25:00", 12, "a day or a time"],
    ["created_at>0000-01-01", 12, "a day or a time"],
    ["created_at>0001-01-01T00:00+14:00", 12, "a day or a time"],
    ["duration_ms>1.5", 13, "a whole number"],
    ["cost>abc", 6, "a number"],
    ["cost:1e5", 6, "a number"],
    ["status_code>running", 13, "not < or >"],
    ["model:x OR client_ref<y", 23, "not < or >"],
  ])("%s", (q, position, words) => {
    const { options } = problemOf(q);
    expect(options.errors).toEqual([
      { type: "query_syntax", loc: ["query", "q"], msg: expect.stringContaining(`at position ${position}.`) },
    ]);
    expect(options.errors![0]!.msg).toContain(words);
  });

  test("too deep, too long, or too many comparisons", () => {
    expect(problemOf("(".repeat(3_000)).sentence).toContain("more than 20 deep, at position 21");
    expect(problemOf(Array(200).fill("cost:1").join(" OR ")).sentence).toContain("more than 100 comparisons");
    expect(problemOf(`model:${"x".repeat(4_000)}`).sentence).toContain("longer than 4000 characters");
    expect(parseQuery(`${"(".repeat(20)}cost:1${")".repeat(20)}`)).toBeDefined();
    expect(parseQuery(`${"NOT ".repeat(900)}cost:1`)).toEqual(parseQuery("cost:1"));
  });

  test("any text: parsed, or refused with a position", () => {
    const words = fc.constantFrom(
      ...FIELD_NAMES,
      "metadata.k",
      "AND",
      "or",
      "NOT",
      ..."():=<>.'\"\\ ",
      "x",
      "1",
      "null",
      "\0",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words).map((parts) => parts.join("")),
          fc.string({ unit: "binary" }),
        ),
        (q) => {
          try {
            parseQuery(q);
          } catch (error) {
            expect(error).toBeInstanceOf(QueryProblem);
            expect((error as QueryProblem).at).toBeGreaterThanOrEqual(0);
            expect((error as QueryProblem).at).toBeLessThanOrEqual(q.length);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
