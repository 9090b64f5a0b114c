import { expect, test } from "vitest";
import { plainStored, splitControls } from "./bidi";

const CONTROLS = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069];

test.each(CONTROLS)("control %i: shown by its code point, in the page and in plain text", (code) => {
  const control = String.fromCodePoint(code);
  const name = `U+${code.toString(16).toUpperCase()}`;
  expect(splitControls(`bot ${control}xoferif`)).toEqual([
    { text: "bot ", isControl: false },
    { text: name, isControl: true },
    { text: "xoferif", isControl: false },
  ]);
  expect(plainStored(`bot ${control}xoferif`)).toBe(`bot [${name}]xoferif`);
});

test.each([
  ["Arabic", "مكرر"],
  ["Hebrew", "כפול"],
  ["N'Ko", "ߒߞߏ"],
  ["Adlam", "𞤀𞤣"],
  ["Arabic presentation forms", "ﻣﻜﺮﺭ"],
])("plain text in %s: isolated", (_script, text) => {
  expect(plainStored(text)).toBe(`\u2068${text}\u2069`);
  // A control inside the text must not close the isolate early.
  expect(plainStored(`${text}\u2069x`)).toBe(`\u2068${text}[U+2069]x\u2069`);
});

test.each(["", "Ticket #4821: duplicate", "Müller", "重複", "дубль", "🙂 \u200D"])(
  "plain text %j: unchanged",
  (text) => {
    expect(plainStored(text)).toBe(text);
  },
);
