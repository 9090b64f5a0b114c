import peggy from "peggy";
import { describe, expect, test } from "vitest";
import { nameText } from "@/lib/contract/name-text";
import { Reason } from "@/lib/contract/runs";
import { countVisible } from "@/lib/contract/text/visible";
import { GRAMMAR } from "@/lib/platform/query/grammar";
import { LIMITS } from "@/lib/platform/query/parse-syntax";
import { readAddress } from "@/lib/platform/server/read-address";
import { readPasted } from "@/lib/runs/read-pasted";
import { applyPatch } from "@/lib/scim/apply-patch";
import { findTicket } from "@/lib/tickets/ticket";

/** Quadratic time would take some 10^11 steps, which exceeds the test's timeout. */
const LENGTH = 600_000;
const long = (piece: string) => piece.repeat(LENGTH / piece.length);

const patch = (path: string) => applyPatch({}, { Operations: [{ op: "add", path, value: 1 }] });
const READERS: Record<string, (text: string) => unknown> = {
  reason: (text) => Reason.safeParse(text),
  "visible characters": countVisible,
  name: (text) => nameText(100).safeParse(text),
  ticket: (text) => findTicket(text),
  "pasted text": readPasted,
  "client address": readAddress,
  "SCIM path": patch,
};

describe.each(Object.entries(READERS))("regular expressions for a %s: linear time for", (_what, read) => {
  test.each([" ", "\x85", ".", ")", "[", '"', "%", "a.", "a@", "&a", "#1", "=\n", "rf_live_", "0".repeat(8)])(
    "repeated %j",
    (piece) => {
      // The ends differ, so a search for a run at the end tries each start in vain.
      expect(() => read(`x${long(piece)}x`)).not.toThrow();
    },
  );
});

describe("expression", () => {
  const countSteps = (grammar: string, text: string): number => {
    let steps = 0;
    const options = { ...LIMITS, length: Infinity, maxDepth: Infinity, maxTerms: Infinity };
    const parser = peggy.generate(grammar, { trace: true });
    try {
      parser.parse(text, { ...options, tracer: { trace: () => steps++ } });
    } catch (error) {
      expect(error).toHaveProperty("location");
    }
    return steps;
  };
  const growth = (grammar: string, make: (size: number) => string): number =>
    countSteps(grammar, make(40)) / countSteps(grammar, make(20));

  test.each<[string, (size: number) => string]>([
    ["open parentheses", (n) => "(".repeat(n)],
    ["nested parentheses", (n) => `${"(".repeat(n)}a:1${")".repeat(n)}`],
    ["nested, and wrong at the end", (n) => `${"(".repeat(n)}a:1${")".repeat(n)}!`],
    ["NOT", (n) => "NOT ".repeat(n)],
    ["white space", (n) => `a:1${" ".repeat(n)}b`],
    ["comparisons", (n) => Array(n).fill("a:1").join(" OR ")],
    ["operators", (n) => `a${">=".repeat(n)}`],
    ["dots", (n) => `a${".a".repeat(n)}`],
    ["an open quotation", (n) => `a:"${"x".repeat(n)}`],
    ["escapes", (n) => `a:'${"\\'".repeat(n)}`],
    ["quotation marks", (n) => `a:${"“".repeat(n)}`],
    ["digits", (n) => `a:${"2026-04-01T".repeat(n)}`],
  ])("%s: twice as long takes about twice the steps", (_what, make) => {
    expect(growth(GRAMMAR, make)).toBeLessThan(2.5);
  });

  test("control: a grammar that tries each parenthesis twice takes many times the steps", () => {
    const twice = `A = B "x" / B "y" / B\nB = "(" A ")" / "a"`;
    expect(growth(twice, (n) => `${"(".repeat(n / 4)}a${")".repeat(n / 4)}`)).toBeGreaterThan(20);
  });
});

test("SCIM path that names a part of every object: ignored", () => {
  for (const path of ["__proto__", "constructor", "toString", "__proto__.polluted"])
    expect(patch(path)).toEqual({});
  expect({}).not.toHaveProperty("polluted");
});
