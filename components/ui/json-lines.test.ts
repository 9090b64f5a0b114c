import { expect, test } from "vitest";
import { findLines, splitJson, unfoldedLines, unfoldTo } from "./json-lines";

const text = `{
  "a": {
    "b": [
      1,
      {
        "c": 12345678901234567890
      }
    ]
  },
  "d": "ends in {",
  "e": [],
  "f": {}
}`;
const lines = splitJson(text);
const textOf = (numbers: number[]) => numbers.map((number) => lines[number]!.text);

test("opening line: knows its closing line, even with brackets in strings", () => {
  const pairs = lines.flatMap(({ closesAt }, index) => (closesAt === undefined ? [] : [[index, closesAt]]));
  expect(pairs).toEqual([
    [0, 12],
    [1, 8],
    [2, 7],
    [4, 6],
  ]);
});

test("lines: together they are the original text", () => {
  expect(lines.map((line) => line.text).join("\n")).toBe(text);
});

test("fold: leaves one line", () => {
  expect(textOf(unfoldedLines(lines, new Set([1])))).toEqual([
    "{",
    '  "a": {',
    '  "d": "ends in {",',
    '  "e": [],',
    '  "f": {}',
    "}",
  ]);
  expect(unfoldedLines(lines, new Set([0]))).toEqual([0]);
  expect(unfoldedLines(lines, new Set())).toHaveLength(lines.length);
});

test("search: ignores case, finds numbers beyond a double, unfolds hidden matches", () => {
  const [found] = findLines(lines, "567890123");
  expect(textOf([found!])).toEqual(['        "c": 12345678901234567890']);
  expect(textOf(findLines(lines, "ENDS"))).toEqual(['  "d": "ends in {",']);
  expect(findLines(lines, "")).toEqual([]);
  expect(findLines(lines, "nothing")).toEqual([]);
  expect([...unfoldTo(lines, new Set([1, 2, 4]), found!)]).toEqual([]);
  expect([...unfoldTo(lines, new Set([1, 2, 4]), 0)]).toEqual([1, 2, 4]);
});
