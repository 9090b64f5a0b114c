import fc from "fast-check";
import { expect, test } from "vitest";
import { readCheckpoint } from "./read-checkpoint";
import { makeSigningKey, signNote } from "./sign-note";
import { writeCheckpoint } from "./write-checkpoint";

const key = makeSigningKey(Buffer.alloc(32, 7));
const SAID = {
  position: 1204,
  root: Buffer.alloc(32, 1).toString("base64"),
  number: 3,
  orgs: 17,
  time: "2026-11-25T12:00:00.000+00:00",
  previous: Buffer.alloc(32, 2).toString("base64"),
};
const sign = (text: string) => readCheckpoint(signNote(text, [key]));

test("checkpoint: written as documented", () => {
  expect(writeCheckpoint(SAID)).toBe(`runflow-audit/v1
1204
AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=
checkpoint 3
orgs 17
time 2026-11-25T12:00:00.000+00:00
previous AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=
`);
  expect(writeCheckpoint({ ...SAID, previous: undefined })).toContain("previous -\n");
});

test("checkpoint: read back", () => {
  const hash = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString("base64"));
  const said = fc.record({
    position: fc.nat(),
    root: hash,
    number: fc.integer({ min: 1 }),
    orgs: fc.nat(),
    time: fc.constant(SAID.time),
    previous: fc.option(hash, { nil: undefined }),
  });
  fc.assert(fc.property(said, (one) => void expect(sign(writeCheckpoint(one))).toMatchObject(one)));
});

test.each([
  ["another origin", ["runflow-audit/v1", "runflow-audit/v2"]],
  ["a position with a leading zero", ["1204", "01204"]],
  ["a position beyond any number", ["1204", "9007199254740993"]],
  ["a root with trailing bits", ["AQE=", "AQF="]],
  ["a short root", ["AQE=", "A=="]],
  ["an invalid number", ["checkpoint 3", "checkpoint 0"]],
  ["a missing line", ["orgs 17\n", ""]],
  ["an extra line in the middle", ["orgs 17\n", "orgs 17\nmore\n"]],
  ["an extra line at the end", [/$/, "more\n"]],
  ["lines in another order", [/(checkpoint.*\n)(orgs.*\n)/, "$2$1"]],
  ["a time without offset", ["+00:00", "Z"]],
  ["another notation for no previous one", [/previous .*/, "previous none"]],
  ["a trailing space", ["orgs 17", "orgs 17 "]],
] as [string, [string | RegExp, string]][])("text with %s: not a checkpoint", (_what, [from, to]) => {
  expect(sign(writeCheckpoint(SAID))).toBeDefined();
  const other = writeCheckpoint(SAID).replace(from, to);
  expect(other).not.toBe(writeCheckpoint(SAID));
  expect(sign(other)).toBeUndefined();
});
