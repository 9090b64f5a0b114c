import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { ErrorItem } from "@/lib/contract/errors";
import { JsonObject } from "@/lib/contract/values";
import { Refusal } from "@/lib/platform/errors";
import { parseJsonBody, parseWith, readQuery } from "./parse-input";

function errorsOf(act: () => unknown): ErrorItem[] {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.options.errors ?? [];
    throw error;
  }
  throw new Error("nothing was refused");
}

const Schema = z.strictObject({
  name: z.string().min(2).max(4).nullish(),
  count: z.coerce.number().int().min(1).optional(),
  list: z.array(z.strictObject({ a: z.string() })).optional(),
});

describe("faults: named by position and a stable type", () => {
  test.each<[unknown, Partial<ErrorItem>[]]>([
    [{ name: "a" }, [{ type: "string_too_short", loc: ["body", "name"] }]],
    [{ name: "abcde" }, [{ type: "string_too_long", loc: ["body", "name"] }]],
    [{ name: 7 }, [{ type: "string_type", loc: ["body", "name"] }]],
    [{ count: 0 }, [{ type: "greater_than_equal", loc: ["body", "count"] }]],
    [{ list: [{ a: "x" }, {}] }, [{ type: "missing", loc: ["body", "list", 1, "a"] }]],
    [{ list: [{ a: "x", b: 1 }] }, [{ type: "extra_forbidden", loc: ["body", "list", 0, "b"] }]],
    [
      { x: 1, y: 2 },
      [
        { type: "extra_forbidden", loc: ["body", "x"] },
        { type: "extra_forbidden", loc: ["body", "y"] },
      ],
    ],
    [[], [{ type: "object_type", loc: ["body"] }]],
    ["text", [{ type: "object_type", loc: ["body"] }]],
  ])("%j", (value, expected) => {
    expect(errorsOf(() => parseWith(Schema, value, "body"))).toMatchObject(expected);
  });

  test.each(["1.0", "12345678901234567890"])("bare number %s: not an object", (text) => {
    const errors = errorsOf(() => parseWith(Schema, parseJsonBody(Buffer.from(text)), "body"));
    expect(errors).toMatchObject([{ loc: ["body"] }]);
  });

  test("thousands of unknown fields: names only the first", () => {
    const body = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`field_${number}`, 1]));
    expect(errorsOf(() => parseWith(Schema, body, "body"))).toHaveLength(50);
  });
});

test("any JSON: parsed as by JSON.parse, or refused", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.stringify(parseJsonBody(Buffer.from(text)))).toBe(text);
    }),
  );
});

test("any bytes: parsed, or refused as malformed", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      try {
        parseJsonBody(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: "BAD_REQUEST" });
      }
    }),
  );
});

describe("text that can't be stored: refused at its position", () => {
  const Loose = z.strictObject({
    text: z.string().optional(),
    deep: z.array(z.strictObject({ a: z.string() })).optional(),
    input: JsonObject.nullish(),
  });
  test.each([
    [{ text: "a\0b" }, "string_has_nul", ["text"]],
    [{ text: "\ud800" }, "string_unicode", ["text"]],
    [{ text: "\udc00 a" }, "string_unicode", ["text"]],
    [{ deep: [{ a: "" }, { a: "\0" }] }, "string_has_nul", ["deep", 1, "a"]],
  ])("%j", (value, type, loc) => {
    expect(errorsOf(() => parseWith(Loose, value, "body"))).toMatchObject([{ type, loc: ["body", ...loc] }]);
    expect(errorsOf(() => parseWith(Loose.nullish(), value, "body"))).toHaveLength(1);
  });

  test("allowed in a customer's own JSON", () => {
    const value = { input: { a: "\0", "\ud800": ["\udfff"] } };
    expect(parseWith(Loose, value, "body")).toEqual(value);
  });

  test("reported with other faults, once per position", () => {
    const errors = errorsOf(() => parseWith(Schema, { name: "\0".repeat(9), x: 1 }, "body"));
    expect(errors.map(({ type, loc }) => [type, loc[1]])).toEqual([
      ["string_has_nul", "name"],
      ["extra_forbidden", "x"],
    ]);
  });

  test("query parameter that isn't UTF-8: refused", () => {
    const headers = new Headers({ "runflow-malformed-query": "%F0%9F%98%80" });
    const errors = errorsOf(() => readQuery(new URL("http://x/?a=1"), headers));
    expect(errors).toMatchObject([{ type: "string_unicode", loc: ["query", "😀"] }]);
  });
});

test("query parameter given twice: refused", () => {
  expect(readQuery(new URL("http://x/?a=1&b=%20&c"), new Headers())).toEqual({ a: "1", b: " ", c: "" });
  expect(Object.keys(readQuery(new URL("http://x/?__proto__=1&constructor=2"), new Headers()))).toEqual([
    "__proto__",
    "constructor",
  ]);
  expect(errorsOf(() => readQuery(new URL("http://x/?a=1&a=1"), new Headers()))).toMatchObject([
    { loc: ["query", "a"] },
  ]);
});
