import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** A test file, with the names of tests in it that follow. */
const NAMED = /`([\w./-]+\.(?:test|spec)\.tsx?)`((?: "[^"]+")*)/g;

/** @returns the named files and tests that don't exist */
function findMissing(text: string): string[] {
  return [...text.matchAll(NAMED)].flatMap(([, file = "", names = ""]) => {
    if (!existsSync(file)) return [file];
    const source = readFileSync(file, "utf8");
    return [...names.matchAll(/"([^"]+)"/g)]
      .filter(([, name]) => !source.includes(name!))
      .map(([, name]) => `${file}: ${name}`);
  });
}

const document = readFileSync("SECURITY.md", "utf8");

test("SECURITY.md: each named test exists", () => {
  expect([...document.matchAll(NAMED)].length).toBeGreaterThan(25);
  expect(findMissing(document)).toEqual([]);
});

test("SECURITY.md: each threat names a test", () => {
  const [, section = ""] = document.split("## Threats and their tests");
  const rows = section
    .split("## Accepted")[0]!
    .match(/^\|.*\|$/gm)!
    .slice(2);
  expect(rows.filter((row) => [...row.matchAll(NAMED)].every(([, , names]) => !names))).toEqual([]);
});

test("check of SECURITY.md: notices a missing file and a missing test", () => {
  const missing = '`test/gone.test.ts` "x" and `test/words.test.ts` "no such test"';
  expect(findMissing(missing)).toEqual(["test/gone.test.ts", "test/words.test.ts: no such test"]);
});
