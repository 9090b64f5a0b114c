import { createHmac, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { createRun, waitForRun } from "@/docs/examples/polling-client";
import { makeKey, makePerson } from "@/test/credentials";
import { TEST_PROVIDER_SECRET } from "@/test/server";
import { useApi } from "@/test/use-api";

const api = useApi();

/** A customer's run, the provider's reports, and the customer polling for the end. */
async function prepare() {
  const { database, baseUrl, fixture, call } = api();
  const { text: key } = await makeKey(database.owner, {
    ownerId: fixture.customer.person.id,
    orgId: fixture.orgId,
  });
  const client = { baseUrl, key };
  const { id: runId, status_code } = await createRun(client, fixture.model, { prompt: "a cat" });
  expect(status_code).toBe("queued");
  const report = async (event: Record<string, unknown>) => {
    const body = JSON.stringify({ event_id: randomUUID(), occurred_at: new Date().toISOString(), ...event });
    const signature = createHmac("sha256", TEST_PROVIDER_SECRET).update(body).digest("hex");
    const headers = { "Runflow-Signature": signature };
    const reply = await call("POST", `/v1/provider/runs/${runId}/events`, { headers, body });
    expect(reply.status).toBe(200);
    return (reply.json as { outcome: string }).outcome;
  };
  /** Waits as the customer does; `next` runs after the customer has seen a status. */
  const wait = async (next: (status: string) => Promise<unknown>) => {
    const steps: Promise<unknown>[] = [];
    const run = await waitForRun(client, runId, (status) => void steps.push(next(status)));
    await Promise.all(steps);
    return run;
  };
  return { client, runId, report, wait };
}

const OUTPUT = {
  outputs: [{ url: "https://cdn.example/cat.png", type: "image" }],
  seed: null,
  timing: null,
  nsfw_detected: null,
};

describe("polling client that knows only the public API", () => {
  test("run succeeds: the client sees it", async () => {
    const { report, wait } = await prepare();
    const seen: string[] = [];
    const next = ["dispatching", "running", "succeeded"];
    const run = await wait(async (status) => {
      seen.push(status);
      const status_code = next.shift();
      if (!status_code) return;
      const result = status_code === "succeeded" && { output: OUTPUT, cost: "0.15" };
      expect(await report({ status_code, ...result })).toBe("applied");
    });
    expect(seen).toEqual(["queued", "dispatching", "running", "succeeded"]);
    expect(run).toMatchObject({ status_code: "succeeded", output: OUTPUT });
  });

  test("run fails: the client sees it", async () => {
    const { report, wait } = await prepare();
    const failure = { failure_code: "nsfw", failure_message: "The input was refused." };
    const run = await wait(async (status) => {
      if (status === "queued") expect(await report({ status_code: "failed", ...failure })).toBe("applied");
    });
    expect(run).toMatchObject({ status_code: "failed", output: null, ...failure });
  });

  test("run canceled: the client sees it, and later provider reports change nothing", async () => {
    const { database, call } = api();
    const { client, runId, report, wait } = await prepare();
    const admin = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
    await report({ status_code: "running" });
    const run = await wait(async (status) => {
      if (status !== "running") return;
      const path = `/v1/admin/runs/${runId}/cancellation`;
      expect(await call("POST", path, admin)).toMatchObject({ status: 201 });
    });
    expect(run).toMatchObject({ status_code: "canceled", output: null });
    expect(await report({ status_code: "succeeded", output: OUTPUT })).toBe("dropped_terminal");
    expect(await waitForRun(client, runId)).toEqual(run);
  });

  test("error: the message explains it", async () => {
    const { client } = await prepare();
    const { fixture } = api();
    const message = expect.stringMatching(/\w/) as string;
    await expect(waitForRun(client, randomUUID())).rejects.toMatchObject({ code: "RUN_NOT_FOUND", message });
    const stranger = { ...client, key: "rf_live_wrong" };
    await expect(createRun(stranger, fixture.model, {})).rejects.toMatchObject({
      code: "UNAUTHORIZED",
      message,
    });
  });
});

test("example client: imports nothing", async () => {
  expect(await readFile("docs/examples/polling-client.ts", "utf8")).not.toMatch(/\bimport\b|\brequire\b/);
});
