import { expect, test } from "vitest";
import { startWithPostgres } from "@/test/breakable-server";
import { makeKey, makePerson, signIn, signOut } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";

test("PostgreSQL down: requests get 503 in the envelope, and the server recovers without a restart", async () => {
  const { owner, baseUrl, breakDown, recover, stop } = await startWithPostgres();
  const fixture = await seedFixture(owner);
  const { id: ownerId } = await makePerson(owner, { role: "admin" });
  const { headers } = await makeKey(owner, { ownerId });
  const runIds = await Promise.all(Array.from({ length: 400 }, () => makeRun(owner, fixture)));
  try {
    const cancel = async (runId: string) => {
      const url = `${baseUrl}/v1/admin/runs/${runId}/cancellation`;
      const response = await fetch(url, { method: "POST", headers });
      return { runId, status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    expect((await cancel(runIds[0]!)).status).toBe(201);

    // PostgreSQL stops amid requests: some are answered before, some are cut off, some can't connect.
    const stream = Promise.all(runIds.slice(1).map(cancel));
    await breakDown();
    const answers = await stream;
    answers.push(await cancel(runIds[0]!));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, body } of refused) {
      expect({ status, body }).toEqual({
        status: 503,
        body: { code: "SERVICE_UNAVAILABLE", message: expect.any(String), errors: null },
      });
    }
    expect((await fetch(`${baseUrl}/v1/health`)).status).toBe(200);
    expect((await fetch(`${baseUrl}/v1/readiness`)).status).toBe(503);

    await recover();
    const promised = answers.filter(({ status }) => status === 201).map(({ runId }) => runId);
    const again = await Promise.all(promised.map(cancel));
    expect(again.filter(({ status }) => status !== 200)).toEqual([]);
    const half = await owner.query(`
      SELECT r.id FROM runs r LEFT JOIN audit_entries a ON a.target_id = r.id
      WHERE (r.status_code = 'canceled') <> (a.id IS NOT NULL)`);
    expect(half.rows).toEqual([]);
  } finally {
    await stop();
  }
});

test("sign-out with PostgreSQL down: fails, and leaves both the session and its cookie", async () => {
  const { owner, baseUrl, breakDown, recover, stop } = await startWithPostgres();
  try {
    const session = await signIn(baseUrl, await makePerson(owner));
    const askWhoIAm = async () => (await fetch(`${baseUrl}/v1/auth/me`, { headers: session })).status;
    await breakDown();
    const failed = await signOut(baseUrl, session);
    expect(failed.status).toBe(503);
    expect(JSON.parse(failed.text)).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(failed.headers["set-cookie"]).toBeUndefined();

    await recover();
    expect(await askWhoIAm()).toBe(200);
    const { status, headers } = await signOut(baseUrl, session);
    expect(status).toBeLessThan(400);
    expect(headers["set-cookie"]!.join()).toContain("runflow-console.session=;");
    expect(await askWhoIAm()).toBe(401);
  } finally {
    await stop();
  }
});
