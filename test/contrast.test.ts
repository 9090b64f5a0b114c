import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const [light, dark] = readFileSync("app/globals.css", "utf8")
  .split('[data-theme="dark"]', 2)
  .map(
    (rules) =>
      new Map([...rules.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name, hex]) => [name!, hex!])),
  );

/** Relative luminance and contrast as WCAG 2 defines them. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

const PLAIN = ["canvas", "surface", "sunken", "hover"];
const TINTS = ["accent-tint", "danger-tint", "success-tint", "warn-tint"];
const STATUSES = ["queued", "dispatching", "running", "succeeded", "failed", "partial", "canceled"];

/** Which text is on which background. */
const TEXTS: [string[], string[]][] = [
  [
    ["ink", "ink-muted", "accent"],
    [...PLAIN, ...TINTS],
  ],
  [["ink-faint"], PLAIN],
  [["danger"], [...PLAIN, "danger-tint"]],
  // On a selected row, too.
  [STATUSES.map((status) => `status-${status}`), [...PLAIN, "accent-tint"]],
  [["status-partial"], ["warn-tint"]],
  [["ink"], ["found"]],
];

describe.each([
  ["light", light!, 1.08],
  ["dark", dark!, 1.35],
])("%s theme", (_, tokens, visible) => {
  const between = (one: string, other: string) => contrast(tokens.get(one)!, tokens.get(other)!);

  test("text: at least 4.5:1 on its backgrounds", () => {
    const weak = TEXTS.flatMap(([texts, backgrounds]) =>
      texts.flatMap((text) =>
        backgrounds
          .filter((background) => between(text, background) < 4.5)
          .map((background) => `${text} on ${background}: ${between(text, background).toFixed(2)}`),
      ),
    );
    expect(weak).toEqual([]);
  });

  test("highlights: distinguishable from their surroundings", () => {
    expect(TINTS.filter((tint) => between(tint, "surface") < visible)).toEqual([]);
    expect(between("found", "sunken")).toBeGreaterThan(1.15);
  });
});
