import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { applyProviderEvent } from "@/lib/runs/apply-provider-event";
import { getRun } from "@/lib/runs/get-run";
import { listProviderEvents } from "@/lib/runs/list-provider-events";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture } from "@/test/fixture";
import type { Db } from "./client";
import { inSnapshot } from "./in-snapshot";

const database = useDatabase();

/** Reads a run, lets its provider report the end, then reads the provider's events. */
async function readAroundReport(read: <T>(work: (db: Db) => Promise<T>) => Promise<T>) {
  const { db, owner } = database();
  const runId = await makeRun(owner, await seedFixture(owner));
  return read(async (reader) => {
    const { cost } = await getRun(reader, { all: true }, runId);
    const times = { occurred_at: new Date().toISOString() };
    const event = { event_id: randomUUID(), status_code: "succeeded" as const, cost: "0.5", ...times };
    await applyProviderEvent(db, { runId, event, body: JSON.stringify(event) });
    return { cost, events: (await listProviderEvents(reader, runId)).length };
  });
}

test("snapshot: a commit between two reads is visible in neither", async () => {
  expect(await readAroundReport((work) => inSnapshot(database().db, work))).toEqual({
    cost: null,
    events: 0,
  });
});

test("control: without a snapshot the second read contradicts the first", async () => {
  expect(await readAroundReport((work) => work(database().db))).toEqual({ cost: null, events: 1 });
});
