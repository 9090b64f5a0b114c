import fc from "fast-check";
import { expect, test } from "vitest";
import { findRepeatedName } from "./repeated-name";

test.each<[string, string, (string | number)[]]>([
  ["side by side", '{"reason":"abc","reason":null}', ["reason"]],
  ["escaped", String.raw`{"reason":"x y z","re\u0061son":null}`, ["reason"]],
  ["escaped in two ways", String.raw`{"\/":1,"\u002F":2}`, ["/"]],
  ["with the same value", '{"a":1,"a":1}', ["a"]],
  ["far apart", '{"a":{"b":[{}]},"c":"}","a":0}', ["a"]],
  ["within", '{"input":{"prompt":"a","prompt":"b"}}', ["input", "prompt"]],
  ["in an array", '[0,[],{"a":{}},{"b":[1,{"c":0,"c":0}]}]', [3, "b", 1, "c"]],
  ["after a nested one of the same name", '{"a":{"a":1},"b":{"a":2,"a":3}}', ["b", "a"]],
  ["empty", '{"":1,"":2}', [""]],
  ["of the prototype", '{"__proto__":1,"__proto__":2}', ["__proto__"]],
  ["half a character", String.raw`{"\ud800":1,"\uD800":2}`, ["\ud800"]],
  ["among white space", '{ "a" \n:\t1 , "a"\r: 2 }', ["a"]],
])("duplicate name, %s: found with its path", (_how, text, path) => {
  expect(findRepeatedName(text)).toEqual(path);
});

test.each([
  '{"a":{"a":{"a":1}}}',
  '[{"a":1},{"a":1}]',
  String.raw`{"a":"\",\"a\":1","b":["a","a"],"\\":"{","A":1}`,
  '{"constructor":1,"toString":2}',
  "[[],[],{},{}]",
  '"a"',
  "1",
])("%s: no duplicate", (text) => expect(findRepeatedName(text)).toBeUndefined());

test("output of JSON.stringify: never a duplicate", () => {
  fc.assert(fc.property(fc.json(), (text) => void expect(findRepeatedName(text)).toBeUndefined()));
});

test("any field of any object, repeated: found", () => {
  const anyObject = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(anyObject, fc.nat(), (object, number) => {
      const names = Object.keys(object);
      const name = names[number % names.length]!;
      const text = `[${JSON.stringify(object).slice(0, -1)},${JSON.stringify(name)}:null}]`;
      expect(findRepeatedName(text)).toEqual([0, name]);
    }),
  );
});
