import fc from "fast-check";
import { expect, test } from "vitest";
import { isRawNumber, parseJson, stringifyJson } from "./json";

/** Numbers as people and machines write them; a double can't hold many of them. */
const anyNumber = fc.stringMatching(/^-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,4})?$/);

const { value: anyJson } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    anyNumber,
    fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)),
    fc.constantFrom("null", "true", "false"),
    fc.array(tie("value")).map((items) => `[${items.join()}]`),
    // JavaScript objects order number-like names first, so avoid them.
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

test("any JSON: round-trips byte for byte", () => {
  fc.assert(fc.property(anyJson, (text) => void expect(stringifyJson(parseJson(text))).toBe(text)));
});

test.each(["12345678901234567890", "1.0", "1e400", "-0", "0.1000", "1E5"])(
  "number %s: keeps its spelling",
  (text) => {
    expect(isRawNumber(parseJson(text))).toBe(true);
    expect(stringifyJson({ a: [parseJson(text)] })).toBe(`{"a":[${text}]}`);
  },
);

test.each(["0", "-7", "0.35", "9007199254740991"])("number %s: a plain number", (text) => {
  expect(parseJson(text)).toBe(Number(text));
});

test("object that looks like a raw number: stays an object", () => {
  expect(isRawNumber(parseJson('{"rawJSON":"1.0"}'))).toBe(false);
  expect(isRawNumber({ rawJSON: "1" })).toBe(false);
  expect(isRawNumber(null)).toBe(false);
});

test("field __proto__: an ordinary field", () => {
  const parsed = parseJson('{"__proto__":{"polluted":true}}') as object;
  expect(Object.hasOwn(parsed, "__proto__")).toBe(true);
  expect(parsed).not.toHaveProperty("polluted");
  expect(stringifyJson(parsed)).toBe('{"__proto__":{"polluted":true}}');
});
