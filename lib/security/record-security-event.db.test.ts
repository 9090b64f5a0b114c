import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { TEST_CONTEXT } from "@/test/fixture";
import { recordSecurityEvent } from "./record-security-event";

const database = useDatabase();

async function record(detail: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { db, owner } = database();
  const event = { kind: "request.refused", status: 422, code: "VALIDATION_ERROR", method: "POST" } as const;
  await recordSecurityEvent(db, { ...event, path: "/v1", caller: undefined, context: TEST_CONTEXT, detail });
  const { rows } = await owner.query<{ detail: Record<string, unknown> }>(
    "SELECT detail FROM security_events ORDER BY id DESC LIMIT 1",
  );
  return rows[0]!.detail;
}

const makeErrors = (count: number, msg: string) =>
  Array.from({ length: count }, (_, index) => ({ type: "extra_forbidden", loc: ["body", index], msg }));

test("refusal with a few errors: kept whole", async () => {
  const errors = makeErrors(3, "is not a field.");
  expect(await record({ errors })).toEqual({ errors });
});

test.each([
  ["fifty errors", makeErrors(50, "is not a field.")],
  ["errors in long scripts", makeErrors(50, "滥用 🙂 ".repeat(20))],
  ["errors full of commas and colons", makeErrors(50, ",:".repeat(40))],
])("%s: keeps the first that fit, and counts the others", async (_what, errors) => {
  const detail = await record({ errors });
  const kept = detail["errors"] as unknown[];
  expect(kept.length).toBeGreaterThan(0);
  expect(kept).toEqual(errors.slice(0, kept.length));
  expect(detail["omitted"]).toBe(errors.length - kept.length);
});

test("one error larger than an event: keeps only the count", async () => {
  expect(await record({ errors: makeErrors(1, "x".repeat(5_000)) })).toEqual({ errors: [], omitted: 1 });
});

test("oversized detail that bypasses the application: refused by the database", async () => {
  const insert = database().app.query(
    `INSERT INTO security_events (kind, status, code, method, path, request_id, detail)
     VALUES ('request.refused', 401, 'UNAUTHORIZED', 'POST', '/v1/admin', 'req_x', jsonb_build_object('x', repeat('y', 3000)))`,
  );
  await expect(insert).rejects.toMatchObject({ constraint: "security_events_bounded" });
});
