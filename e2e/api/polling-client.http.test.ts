import { createHmac, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeKey, makePerson } from "@/lib/testing/credentials";
import { TEST_PROVIDER_SECRET } from "@/lib/testing/server";
import { useApi } from "@/lib/testing/use-api";

const api = useApi();

/**
 * A customer's client as the public description of the API has them write it, and nothing of ours in it: it looks at
 * the run every so often, takes exactly three statuses for the end, and reads `code` and `message` of an error.
 */
async function waitForRun(
  baseUrl: string,
  key: string,
  runId: string,
  onPoll: (status: string) => Promise<void>,
) {
  const FINAL = ["succeeded", "failed", "canceled"];
  for (let polls = 0; polls < 200; polls++) {
    const response = await fetch(`${baseUrl}/v1/runs/${runId}`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    const body = (await response.json()) as Record<string, string>;
    if (!response.ok) throw new Error(`${body["code"]}: ${body["message"]}`);
    if (FINAL.includes(body["status_code"]!)) return body;
    await onPoll(body["status_code"]!);
  }
  throw new Error("the run never ended");
}

async function prepare() {
  const { database, baseUrl, scene, call } = api();
  const key = await makeKey(database.owner, { ownerId: scene.customer.person.id, orgId: scene.orgId });
  const created = await call("POST", `/v1/models/${scene.model}/runs`, {
    ...key,
    body: '{"input":{"prompt":"a cat"}}',
  });
  expect(created).toMatchObject({ status: 201, json: { status_code: "queued" } });
  const runId = (created.json as { id: string }).id;
  const report = async (event: Record<string, unknown>) => {
    const body = JSON.stringify({ event_id: randomUUID(), occurred_at: new Date().toISOString(), ...event });
    const signature = createHmac("sha256", TEST_PROVIDER_SECRET).update(body).digest("hex");
    const headers = { "Runflow-Signature": signature };
    const reply = await call("POST", `/v1/provider/runs/${runId}/events`, { headers, body });
    expect(reply.status).toBe(200);
    return (reply.json as { outcome: string }).outcome;
  };
  return { key: key.text, runId, report, wait: waitForRun.bind(undefined, baseUrl, key.text, runId) };
}

const OUTPUT = {
  outputs: [{ url: "https://cdn.example/cat.png", type: "image" }],
  seed: null,
  timing: null,
  nsfw_detected: null,
};

describe("a client that only knows the public description", () => {
  test("sees a run succeed", async () => {
    const { report, wait } = await prepare();
    const seen: string[] = [];
    const next = ["dispatching", "running", "succeeded"];
    const run = await wait(async (status) => {
      seen.push(status);
      const status_code = next.shift()!;
      expect(
        await report({ status_code, ...(status_code === "succeeded" && { output: OUTPUT, cost: "0.15" }) }),
      ).toBe("applied");
    });
    expect(seen).toEqual(["queued", "dispatching", "running"]);
    expect(run).toMatchObject({ status_code: "succeeded", output: OUTPUT });
  });

  test("sees a run fail", async () => {
    const { report, wait } = await prepare();
    const run = await wait(async () => {
      await report({
        status_code: "failed",
        failure_code: "nsfw",
        failure_message: "The input was refused.",
      });
    });
    expect(run).toMatchObject({ status_code: "failed", failure_code: "nsfw", output: null });
  });

  test("sees a run cancelled, and what the provider says afterwards changes nothing", async () => {
    const { database, call } = api();
    const { runId, report, wait } = await prepare();
    const admin = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
    await report({ status_code: "running" });
    const run = await wait(async () => {
      expect(await call("POST", `/v1/admin/runs/${runId}/cancellation`, admin)).toMatchObject({
        status: 201,
      });
    });
    expect(run).toMatchObject({ status_code: "canceled", output: null });
    expect(await report({ status_code: "succeeded", output: OUTPUT })).toBe("dropped_terminal");
    expect(await wait(() => Promise.reject(new Error("it is final")))).toEqual(run);
  });

  test("is told in words what is wrong", async () => {
    const { baseUrl } = api();
    const { key } = await prepare();
    const never = () => Promise.resolve();
    await expect(waitForRun(baseUrl, key, randomUUID(), never)).rejects.toThrow(/^RUN_NOT_FOUND: \w/);
    await expect(waitForRun(baseUrl, "rf_live_wrong", randomUUID(), never)).rejects.toThrow(
      /^UNAUTHORIZED: \w/,
    );
  });
});
