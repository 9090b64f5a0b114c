import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Request } from "@/test/call-http";
import { makeKey, makePerson, revokeKey, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { PERMISSION_REQUIRED, expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const BUDGET = 2;
const api = useApi({ RATE_LIMIT_PER_MINUTE: String(BUDGET) });

/** The checks of a cancellation, in order. */
const ROWS = {
  1: { status: 413, code: "PAYLOAD_TOO_LARGE", error: null },
  2: { status: 401, code: "UNAUTHORIZED", error: null },
  3: { status: 403, code: "EMAIL_NOT_VERIFIED", error: null },
  4: { status: 403, code: "PERMISSION_DENIED", error: PERMISSION_REQUIRED("runs.cancel") },
  5: { status: 403, code: "ORGANIZATION_MEMBERSHIP_REQUIRED", error: null },
  6: { status: 403, code: "PERMISSION_DENIED", error: { type: "cross_origin_request" } },
  7: { status: 429, code: "RATE_LIMITED", error: null },
  8: { status: 400, code: "BAD_REQUEST", error: null },
  9: { status: 422, code: "VALIDATION_ERROR", error: { type: "extra_forbidden" } },
  10: { status: 404, code: "RUN_NOT_FOUND", error: null },
} as const;
type Row = keyof typeof ROWS;
type Kind = "session" | "service key";
const ALL_ROWS = Object.keys(ROWS).map(Number) as Row[];
const rowsOf = (kind: Kind): Row[] => ALL_ROWS.filter((row) => kind === "session" || row !== 6);

/** A cancellation that fails exactly these checks, with its own credential. */
async function breakRules(kind: Kind, broken: ReadonlySet<Row>) {
  const { database, baseUrl, call, fixture, otherScene } = api();
  const sql = database.owner;
  const owner = await makePerson(sql, { orgIds: [fixture.orgId] });
  const key = await makeKey(sql, { ownerId: owner.id, orgIds: [fixture.orgId] });
  const headers: Request["headers"] = {
    ...(kind === "session" ? await signIn(baseUrl, owner) : key.headers),
  };
  const runId = await makeRun(sql, broken.has(10) ? otherScene : fixture);

  if (broken.has(7)) {
    for (let used = 0; used < BUDGET; used++) {
      expect(await call("GET", "/v1/auth/me", { headers })).toMatchObject({ status: 200 });
    }
  }
  if (broken.has(3)) await sql.query("UPDATE people SET email_verified_at = NULL WHERE id = $1", [owner.id]);
  if (broken.has(4)) {
    await sql.query("UPDATE people SET role = 'auditor' WHERE id = $1", [owner.id]);
    await sql.query("UPDATE api_keys SET scopes = '{admin,runs.read}' WHERE owner_id = $1", [owner.id]);
  }
  if (broken.has(2)) {
    await sql.query("UPDATE sessions SET ended_at = now() WHERE person_id = $1", [owner.id]);
    await revokeKey(sql, key);
  }
  if (broken.has(5)) headers["X-Organization-Id"] = otherScene.orgId;
  if (broken.has(6))
    Object.assign(headers, { Origin: "https://elsewhere.example", "Sec-Fetch-Site": "cross-site" });

  const body = `${broken.has(9) ? '{"raeson":"a typo"' : '{"reason":"stuck"'}${broken.has(8) ? "," : "}"}`;
  return {
    path: `/v1/admin/runs/${runId}/cancellation`,
    headers,
    body: broken.has(1) ? body.padEnd(64 * 1024 + 1) : body,
    actorId: kind === "session" ? owner.id : key.id,
  };
}

async function expectFirstToAnswer(kind: Kind, broken: Row[]): Promise<void> {
  const { actorId, ...request } = await breakRules(kind, new Set(broken));
  const first = Math.min(...broken) as Row;
  const isKnown = first > 2;
  const reply = await expectRefusal(api(), request, { ...ROWS[first], actorId: isKnown ? actorId : null });
  if (first === 7) expect(Number(reply.headers["retry-after"])).toSatisfy((s: number) => s >= 1 && s <= 60);
  else expect(reply.headers).not.toHaveProperty("retry-after");
}

describe.each<Kind>(["session", "service key"])("a cancellation with a %s", (kind) => {
  test("nothing wrong: succeeds", async () => {
    const { path, headers, body } = await breakRules(kind, new Set());
    expect(await api().call("POST", path, { headers, body })).toMatchObject({ status: 201 });
  });

  test.each(rowsOf(kind))("check %i fails alone: it answers", (row) => expectFirstToAnswer(kind, [row]));

  const pairs = rowsOf(kind).flatMap((early) =>
    rowsOf(kind)
      .filter((late) => late > early)
      .map((late) => [early, late] as const),
  );
  test.each(pairs)("checks %i and %i fail: the first answers", (early, late) =>
    expectFirstToAnswer(kind, [early, late]),
  );

  test("any checks fail: the first answers", async () => {
    const anyRows = fc.subarray(rowsOf(kind), { minLength: 3 });
    await fc.assert(
      fc.asyncProperty(anyRows, (rows) => expectFirstToAnswer(kind, rows)),
      { numRuns: 15 },
    );
  });
});

test("exhausted rate limit: doesn't affect the person's other credentials", async () => {
  const { database, call } = api();
  const owner = await makePerson(database.owner);
  const keys = [
    await makeKey(database.owner, { ownerId: owner.id }),
    await makeKey(database.owner, { ownerId: owner.id }),
  ];
  for (const key of keys) {
    const statuses = [];
    for (let used = 0; used <= BUDGET; used++) statuses.push((await call("GET", "/v1/auth/me", key)).status);
    expect(statuses).toEqual([...Array<number>(BUDGET).fill(200), 429]);
  }
});
