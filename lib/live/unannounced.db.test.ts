import pg from "pg";
import { expect, test, vi } from "vitest";
import { useDatabase } from "@/lib/testing/database";
import { makeRun, makeScene } from "@/lib/testing/scene";
import { watchUnannounced } from "./unannounced";

const database = useDatabase();
const CHANGE = "UPDATE runs SET status_code = 'dispatching' WHERE id = $1";
const SOON = { timeout: 10_000 };

test("a change that was counted is told of then, and when it is committed at last, however late", async () => {
  const { owner, appUrl } = database();
  const scene = await makeScene(owner);
  const [first, second] = [
    await makeRun(owner, scene, { status: "queued" }),
    await makeRun(owner, scene, { status: "queued" }),
  ];
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  const questions = vi.spyOn(client, "query");
  const onMoved = vi.fn<() => void>();
  const stop = await watchUnannounced(client, { onMoved, onLost: expect.unreachable });
  const [announcing, slow] = [await owner.connect(), await owner.connect()];

  await announcing.query("BEGIN");
  await announcing.query(CHANGE, [first]);
  await slow.query("BEGIN");
  await slow.query(CHANGE, [second]);
  await announcing.query("COMMIT");
  await vi.waitFor(() => expect(onMoved).toHaveBeenCalledTimes(1), SOON);

  const before = questions.mock.calls.length;
  await vi.waitFor(() => expect(questions.mock.calls.length).toBeGreaterThan(before + 12), SOON);
  expect(onMoved).toHaveBeenCalledTimes(1);
  await slow.query("COMMIT");
  await vi.waitFor(() => expect(onMoved).toHaveBeenCalledTimes(2), SOON);

  stop();
  await client.end();
  for (const each of [announcing, slow]) each.release();
});
