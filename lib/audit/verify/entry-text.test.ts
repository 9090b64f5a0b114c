import fc from "fast-check";
import { expect, test } from "vitest";
import { hashedText, type PlacedEntry } from "@/lib/audit/sealing/chain";
import { entryText } from "./entry-text";
import { hasExactNumbers } from "./exact-numbers";
import { readFileEntry } from "./file-entry";

const text = fc.string({ unit: "grapheme" });
const maybe = fc.option(text);
const arbitraryEntry = fc.record({
  id: fc.uuid(),
  org_id: fc.uuid(),
  action: text,
  occurred_at: text,
  actor: fc.record(
    {
      type: text,
      id: fc.uuid(),
      name: text,
      email: maybe,
      role: maybe,
      key_prefix: maybe,
      owner: fc.record({ id: fc.uuid(), name: text, role: maybe }),
    },
    { requiredKeys: ["type", "id", "name", "email", "role", "key_prefix"] },
  ),
  target: fc.record({ type: text, id: fc.uuid(), label: text }),
  context: fc.record({ source: text, ip: maybe, user_agent: maybe, request_id: text }),
  meta: fc.dictionary(text, fc.jsonValue({ stringUnit: "grapheme" }), { noNullPrototype: true }),
  position: fc.nat(),
  chain: fc.record({ sequence: fc.nat(), previous_hash: text }),
}) as unknown as fc.Arbitrary<PlacedEntry>;

test("entry text: equals the slower writer's for any entry", () => {
  fc.assert(
    fc.property(arbitraryEntry, (entry) => {
      const parsed = JSON.parse(JSON.stringify(entry)) as PlacedEntry;
      expect(entryText(parsed)).toBe(hashedText(parsed));
    }),
  );
});

test.each([null, {}, { id: "x", name: "y" }, { id: "x", name: "y", role: null, more: 1 }])(
  "owner outside the contract: hashed as stored: %j",
  (owner) => {
    fc.assert(
      fc.property(arbitraryEntry, (entry) => {
        const json = JSON.parse(JSON.stringify(entry)) as PlacedEntry;
        Object.assign(json.actor, { owner });
        const line = { ...json, chain: { ...json.chain, hash: "" } };
        expect(readFileEntry(JSON.stringify(line), line)).toMatchObject({ text: hashedText(json) });
      }),
      { numRuns: 10 },
    );
  },
);

test("line with an unknown field: included in the hash", () => {
  fc.assert(
    fc.property(
      arbitraryEntry,
      fc.constantFrom("", "actor", "target", "context", "chain", "meta"),
      (entry, at) => {
        const json = JSON.parse(JSON.stringify(entry)) as PlacedEntry & Record<string, object>;
        Object.assign(at ? json[at]! : json, { unknown: "field" });
        const line = { ...json, chain: { ...json.chain, hash: "" } };
        expect(readFileEntry(JSON.stringify(line), line)).toMatchObject({ text: hashedText(json) });
      },
    ),
  );
});

test.each([
  ['{"n":9007199254740993}', false],
  ['{"n":9007199254740992,"m":0.30000000000000004}', true],
  ['{"n":[0.00000010000000000000000000]}', true],
  ['{"n":1e-7,"text":"12345678901234567890"}', true],
  ['{"n":100000000000000000000000}', true],
  ['{"n":{"m":-123456789012345678901}}', false],
  ['{"n":0.1000000000000000000000000000000001}', false],
  ['{"n":1e400}', false],
  ["[ 1E-400]", false],
  ['{"n":1e300}', true],
])("numbers of %s all fit a double: %s", (json, expected) => {
  expect(hasExactNumbers(json)).toBe(expected);
});

test("a double: exact as JSON writes it", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) =>
      hasExactNumbers(`[1000000000000000,${JSON.stringify(number)}]`),
    ),
  );
});
