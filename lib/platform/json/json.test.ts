import fc from "fast-check";
import { expect, test } from "vitest";
import { isRawNumber, parseJson, stringifyJson } from "./json";

/** Numbers as people and machines write them, many of which a double can't hold. */
const anyNumber = fc.stringMatching(/^-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,4})?$/);

const { value: anyJson } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    anyNumber,
    fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
    fc.constantFrom("null", "true", "false"),
    fc.array(tie("value")).map((items) => `[${items.join()}]`),
    // Names that look like numbers would be put first; JavaScript's objects can't help that.
    fc
      .dictionary(
        fc.string({ unit: "grapheme" }).filter((name) => !/^\d+$/.test(name)),
        tie("value"),
      )
      .map(
        (fields) =>
          `{${Object.entries(fields)
            .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
            .join()}}`,
      ),
  ),
}));

test("any JSON comes out byte for byte as it went in", () => {
  fc.assert(fc.property(anyJson, (text) => void expect(stringifyJson(parseJson(text))).toBe(text)));
});

test.each(["12345678901234567890", "1.0", "1e400", "-0", "0.1000", "1E5"])(
  "the number %s keeps its form",
  (text) => {
    expect(isRawNumber(parseJson(text))).toBe(true);
    expect(stringifyJson({ a: [parseJson(text)] })).toBe(`{"a":[${text}]}`);
  },
);

test.each(["0", "-7", "0.35", "9007199254740991"])("the number %s is just a number", (text) => {
  expect(parseJson(text)).toBe(Number(text));
});

test("nobody can pass off an object as a number", () => {
  expect(isRawNumber(parseJson('{"rawJSON":"1.0"}'))).toBe(false);
  expect(isRawNumber({ rawJSON: "1" })).toBe(false);
  expect(isRawNumber(null)).toBe(false);
});

test("a field named __proto__ is a field", () => {
  const parsed = parseJson('{"__proto__":{"polluted":true}}') as object;
  expect(Object.hasOwn(parsed, "__proto__")).toBe(true);
  expect(parsed).not.toHaveProperty("polluted");
  expect(stringifyJson(parsed)).toBe('{"__proto__":{"polluted":true}}');
});
