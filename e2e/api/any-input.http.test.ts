import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { type Key, makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { readWorld } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const api = useApi();
let admin: Key;

beforeAll(async () => {
  const { database, fixture } = api();
  const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
  admin = await makeKey(database.owner, { ownerId });
  for (const status of ["queued", "running", "succeeded", "canceled"] as const) {
    const runId = await makeRun(database.owner, fixture, { status });
    await database.owner.query(
      `UPDATE runs SET metadata = '{"a":"\\u0000","n":1e400,"o":{"a":[]}}' WHERE id = $1`,
      [runId],
    );
  }
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "0",
    "-1",
    "1e9",
    "9".repeat(40),
    "NaN",
    "null",
    "true",
    "\0",
    "\ud800",
    "%",
    "'",
    '"',
    "\\",
    "2026-02-30",
  ),
  fc.uuid(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);

/** Pieces of the query language in any order: most are invalid, and fail in the middle. */
const anyExpression = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."( ) AND OR NOT and or : = > < >= <= .eq: .gt: ' \" , status_code model cost created_at".split(
          " ",
        ),
      ),
      fc.constantFrom(
        "id",
        "org_id",
        "source_code",
        "duration_ms",
        "metadata.a",
        "metadata.n",
        "metadata.o",
        "metadata.",
      ),
      fc.constantFrom(
        "status_code:running",
        "cost>0.1",
        "created_at>2026-04-01",
        "NOT id:x",
        "duration_ms<1e3",
        "null",
      ),
      anyText,
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(" "));

const anyName = fc.oneof(
  fc.constantFrom("q", "limit", "sort_by", "fields", "pq", "from_prev"),
  fc.constantFrom("action", "actor_id", "org_id", "target_id", "ticket", "reason", "from", "to"),
  anyText,
);
const anyQuery = fc.dictionary(anyName, fc.oneof(anyText, anyExpression), { maxKeys: 3 });
const LISTS = [
  "/v1/runs",
  "/v1/admin/runs",
  "/v1/admin/audit-log",
  "/v1/admin/security-events",
  "/v1/runs/statuses",
];

test("any query: never a 500", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...LISTS), anyQuery, async (path, query) => {
      // fc may produce a lone surrogate, which UTF-8 can't encode; a browser would send U+FFFD.
      const { status } = await api().call("GET", `${path}?${new URLSearchParams(query)}`, admin);
      expect([200, 422]).toContain(status);
    }),
    { numRuns: 300 },
  );
});

test("any expression: never a 500", async () => {
  await fc.assert(
    fc.asyncProperty(anyExpression, async (q) => {
      const { status } = await api().call("GET", `/v1/admin/runs?${new URLSearchParams({ q })}`, admin);
      expect([200, 422]).toContain(status);
    }),
    { numRuns: 500 },
  );
});

test("any id, header or body: never a 500, and no unexpected change", async () => {
  const before = await readWorld(api().database.owner);
  const anySegment = anyText.map((text) => encodeURIComponent(text.toWellFormed()) || "x");
  const anyHeader = fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,40}$/);
  const anyBody = fc.oneof(
    fc.json(),
    fc.uint8Array(),
    anyText.map((reason) => JSON.stringify({ reason })),
  );
  const anyHeaders = fc.record(
    {
      "X-Organization-Id": anyHeader,
      "Idempotency-Key": anyHeader,
      Cookie: anyHeader,
      "Content-Type": anyHeader,
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(anySegment, anyHeaders, anyBody, async (segment, headers, body) => {
      const request = { headers: { ...headers, ...admin.headers }, body };
      const { status } = await api().call("POST", `/v1/admin/runs/${segment}/cancellation`, request);
      expect([400, 403, 404, 422]).toContain(status);
      for (const path of [`/v1/runs/${segment}`, `/v1/admin/audit-log/${segment}`]) {
        expect([403, 404]).toContain((await api().call("GET", path, { headers: request.headers })).status);
      }
    }),
    { numRuns: 150 },
  );
  expect(await readWorld(api().database.owner)).toEqual(before);
});
