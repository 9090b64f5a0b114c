import fc from "fast-check";
import { expect, test } from "vitest";
import { CancellationBody, Reason } from "./runs";
import { formatTimestamp, parseUuid, Timestamp } from "./values";

/** The contract's rules, written without the schema. */
function readReason(text: string): string | undefined {
  const characters = Array.from(text);
  const isSpace = (character: string) => /^[\s\u0085]$/.test(character);
  while (characters.length > 0 && isSpace(characters[0]!)) characters.shift();
  while (characters.length > 0 && isSpace(characters.at(-1)!)) characters.pop();
  const trimmed = characters.join("");
  const shown = trimmed
    .replaceAll(/[\p{Cf}\p{DI}\u2800]|(?![\s\u0085])\p{Cc}/gu, "")
    .replaceAll(/^[\s\u0085]+|[\s\u0085]+$/g, "");
  const isLong = Array.from(shown).length >= 3 && characters.length <= 500;
  return isLong && !/\p{Surrogate}/u.test(trimmed) && !trimmed.includes("\0") ? trimmed : undefined;
}

const anyUnit = fc.oneof(
  fc.constantFrom(
    " ",
    "\t",
    "\n",
    "\u00a0",
    "\u3000",
    "\ufeff",
    "\0",
    "\ud83d",
    "\ude00",
    "😀",
    "e\u0301",
    "ا",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);

test("reason: accepted exactly as the contract says, trimmed", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyUnit, maxLength: 12 }), (text) => {
      const parsed = Reason.safeParse(text);
      expect(parsed.data).toBe(readReason(text));
    }),
    { numRuns: 1_000 },
  );
});

test.each(["\u200b", "\u2800", "\u3164", "\u202e", "\u00ad", "\u0001", "\u200d", "\ufe0f", "\u{e0041}"])(
  "reason %j: rejected, because nothing is visible",
  (character) => {
    expect(Reason.safeParse(character.repeat(3)).error?.issues[0]?.message).toBe(
      "The reason needs at least 3 visible characters.",
    );
    expect(Reason.safeParse(`ab${character} ${character}`).success).toBe(false);
    expect(Reason.parse(`a${character}bc`)).toBe(`a${character}bc`);
  },
);

test("reason: upper limit counts code points", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("a", "é", "😀", "ا"),
      fc.integer({ min: 495, max: 505 }),
      (character, length) => {
        expect(Reason.safeParse(character.repeat(length)).success).toBe(length <= 500);
        expect(Reason.safeParse(` ${character.repeat(length)}\n`).success).toBe(length <= 500);
      },
    ),
  );
});

test("body with an unknown field: rejected", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (fields) => {
      fc.pre(Object.keys(fields).some((name) => name !== "reason"));
      expect(CancellationBody.safeParse(fields).success).toBe(false);
    }),
  );
});

test("id: accepts either case, returns lower case", () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(parseUuid(id.toUpperCase())).toBe(id);
      expect(parseUuid(id)).toBe(id);
      expect(parseUuid(` ${id}`)).toBeUndefined();
      expect(parseUuid(`${id}\n`)).toBeUndefined();
      expect(parseUuid(id.replaceAll("-", ""))).toBeUndefined();
    }),
  );
});

test("time: has milliseconds and an offset", () => {
  const anyTime = fc.date({ min: new Date("1970-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(anyTime, (time) => {
      const text = formatTimestamp(time);
      expect(Timestamp.parse(text)).toMatch(/\+00:00$/);
      expect(new Date(text)).toEqual(time);
    }),
  );
});
