import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FILES = [
  "{app,bench,components,demo,docs,e2e,lib,scripts,test}/**/*.{css,md,mjs,ts,tsx}",
  "{prisma/schema.prisma,*.md,*.ts}",
];

/** Wording that makes people read twice. Use subject, verb, object, and name the thing. */
const STILTED: [string, RegExp][] = [
  ["whoever", /\bwhoever\b/gi],
  ["whatever", /\bwhatever\b/gi],
  ["somebody else", /\b(?:somebody|nobody) else\b/gi],
  ["stands", /\bstands?\b(?! (?:by|for|in|out)\b)/gi],
  ["anew", /\banew\b/gi],
  ["so many", /\bso many\b/gi],
  ["by itself", /\bby (?:itself|themselves)\b/gi],
  ["of ours", /\bof (?:ours|theirs|(?:its|their|his|her|your|our|my) own(?! \w))\b/gi],
  ["comes to", /\b(?:comes?|came) to\b/gi],
  ["is told", /\b(?:is|are|was|were|be|been|being) told\b/gi],
  ["says so", /\b(?:says?|said) so\b/gi],
  ["there is … that", /\bthere (?:is|are|was|were)\b[^.:;()"`]{0,60}?\b(?:that|which|who)\b/gi],
  ["that there is", /\bthat there (?:is|are|was|were)\b/gi],
  ["what is …", /(?<!["`>])\bwhat (?:is|was|are|were|has|had|have)\b(?![^."`]*\?)/gi],
  ["of what …", /\b(?:of|to|for|in|from|with|than|by|only|all|but|and|after|before|about) what\b(?! to\b)/gi],
  ["in which", /\b(?:in|by|with|at|from|of) which\b/gi],
  ["the one that", /\bthe ones? (?:that|who|which)\b/gi],
  ["gets to know", /\bgets? to (?:know|hear|see)\b/gi],
  ["British spelling", /\b(?:e-mails?|colours?|coloured|behaviours?|neighbours?|honour\w*|grey)\b/gi],
  ["cancelled", /[a-z] cancell(?:ed|ing)(?= [a-z(]|[.!?,:]? *$|[.!?,:][ "])/gim],
];

const COMMENT = /^ *(?:\/\/|\/?\*)/;

/** Returns `file:line fault`. Joins the lines of a comment first, so that no line break hides a match. */
function findFaults(file: string): string[] {
  const source = readFileSync(file, "utf8");
  const at = (offset: number) => `${file}:${source.slice(0, offset).split("\n").length}`;
  const text = source.replace(/\n *(?:\/\/\/?|\*) ?/g, (mark) => " ".repeat(mark.length));
  const words = STILTED.flatMap(([name, pattern]) =>
    [...text.matchAll(pattern)].map((match) => `${at(match.index)} ${name}`),
  );
  const long = source
    .split("\n")
    .flatMap((line, index) =>
      COMMENT.test(line) && line.length > 110 ? [`${file}:${index + 1} comment over 110 columns`] : [],
    );
  return [...words, ...long];
}

test("comments, strings and docs: plain American English, 110 columns", () => {
  const files = FILES.flatMap((pattern) => globSync(pattern)).filter((file) => file !== "test/words.test.ts");
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap(findFaults)).toEqual([]);
});
