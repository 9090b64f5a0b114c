import { expect, test } from "vitest";
import { isComposing, keyOf, readPress } from "./keys";

type Init = Partial<Parameters<typeof keyOf>[0]> & { isComposing?: boolean; isAltGraph?: boolean };

const pressed = ({ isAltGraph = false, ...init }: Init) => ({
  key: "c",
  code: "KeyC",
  repeat: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  keyCode: 0,
  isComposing: false,
  ...init,
  getModifierState: () => isAltGraph,
});

test.each<[string, Init, string]>([
  ["Latin", { key: "c" }, "c"],
  ["Caps Lock", { key: "C" }, "c"],
  ["Shift", { key: "C", shiftKey: true }, "C"],
  ["Shift with Caps Lock", { key: "c", shiftKey: true }, "C"],
  ["Cyrillic", { key: "с", code: "KeyC" }, "c"],
  ["Cyrillic with Caps Lock", { key: "С", code: "KeyC" }, "c"],
  ["Cyrillic j", { key: "о", code: "KeyJ" }, "j"],
  ["Greek", { key: "ψ", code: "KeyC" }, "c"],
  ["Hebrew", { key: "ב", code: "KeyC" }, "c"],
  ["Hangul jamo", { key: "ㅊ", code: "KeyC" }, "c"],
  ["full width", { key: "ｃ", code: "KeyC" }, "c"],
  ["Dvorak: the letter, not its place", { key: "c", code: "KeyI" }, "c"],
  ["Dvorak: another letter at its place", { key: "j", code: "KeyC" }, "j"],
  ["French: a Latin letter with an accent", { key: "ç", code: "Digit9" }, "ç"],
  ["a letter on a key without one", { key: "х", code: "BracketLeft" }, "х"],
  ["a sign by its layout", { key: "/", code: "Digit7", shiftKey: true }, "/"],
  ["a full-width sign", { key: "？", code: "Slash", shiftKey: true }, "?"],
  ["a named key", { key: "Enter", code: "Enter" }, "Enter"],
  ["autofill, which has no key", { key: undefined as unknown as string }, ""],
])("key of %s", (_name, init, expected) => {
  expect(keyOf(pressed(init))).toBe(expected);
});

test.each<[string, Init, boolean]>([
  ["a key", {}, false],
  ["a key while composing", { isComposing: true }, true],
  ["Safari's Enter that ends a composition", { key: "Enter", keyCode: 229 }, true],
])("composing: %s", (_name, init, expected) => {
  expect(isComposing(pressed(init))).toBe(expected);
  const { isComposing: native, ...event } = pressed(init);
  expect(isComposing({ ...event, nativeEvent: { isComposing: native } })).toBe(expected);
  expect(readPress(pressed(init)) === undefined).toBe(expected);
});

test.each<[string, Init, { isCommand: boolean; isAlt: boolean }]>([
  ["Ctrl", { ctrlKey: true }, { isCommand: true, isAlt: false }],
  ["⌘", { metaKey: true }, { isCommand: true, isAlt: false }],
  [
    "AltGr, as Ctrl and Alt",
    { ctrlKey: true, altKey: true, isAltGraph: true },
    { isCommand: false, isAlt: false },
  ],
  ["AltGr alone", { isAltGraph: true }, { isCommand: false, isAlt: false }],
  ["Ctrl and Alt", { ctrlKey: true, altKey: true }, { isCommand: false, isAlt: true }],
  ["Alt", { altKey: true }, { isCommand: false, isAlt: true }],
])("modifiers: %s", (_name, init, expected) => {
  expect(readPress(pressed(init))).toMatchObject(expected);
});
