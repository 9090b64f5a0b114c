import { endRuns, makeJobsDue, makeRunWithCallback } from "@/test/deliveries";
import { makeRun } from "@/test/fixture";
import { startReceiver } from "@/test/receiver";
import { startWorker } from "@/test/worker";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { revealPayloads } from "./run-page";
import { visit } from "./visit";

test("delivery: shows the message and the answer, and can be redelivered", async ({
  page,
  console,
  fixture,
}) => {
  const { owner, workerUrl } = console.database;
  const receiver = await startReceiver();
  const worker = await startWorker(workerUrl);
  try {
    receiver.behave((_heard, response) => void response.writeHead(503).end("come back later"));
    const id = await makeRunWithCallback(owner, fixture, `${receiver.origin}/hook`);
    await visit(page, `/runs/${id}`);
    const deliveries = page.getByRole("region", { name: "Callback and webhooks" });
    await expect(deliveries).toContainText(`We’ll call ${receiver.origin}/hook when the run ends.`);

    await endRuns(owner, [id]);
    await expect.poll(() => receiver.heard.length).toBe(1);
    const again = deliveries.getByRole("button", { name: /^Deliver again ?: run\.failed$/ });
    await expect(deliveries).toContainText("Attempt 2 of 8");
    await expect(deliveries).toContainText("Pending");
    await expect(again).toHaveAttribute("aria-disabled", "true");
    await expect(deliveries.getByRole("status")).toHaveText("This delivery is still pending.");
    await deliveries.getByText("1 attempt").click();
    await expect(deliveries).toContainText("HTTP 503");
    const answer = deliveries.getByRole("region", { name: "Response to attempt 1" });
    await expect(answer).toHaveText("•••");
    await revealPayloads(page);
    await expect(answer).toHaveText("come back later");
    await expectAccessible(page, "a delivery under way");

    receiver.behave((_heard, response) => void response.end("thank you"));
    await makeJobsDue(owner);
    await expect.poll(() => receiver.heard.length).toBe(2);
    await expect(deliveries).toContainText("Delivered");
    await again.click();
    await expect.poll(() => receiver.heard.length).toBe(3);
    await expect(deliveries.getByText("Callback, again")).toHaveCount(1);
    await expect(deliveries.getByRole("status")).toContainText("Delivered: HTTP 200.");
    await expect(again).toBeFocused();
    await expectAccessible(page, "a redelivery");
  } finally {
    await worker.stop();
    await receiver.close();
  }
});

test("run without deliveries: the page says that none were sent", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture, { status: "failed" });
  await visit(page, `/runs/${id}`);
  await expect(page.getByRole("region", { name: "Callback and webhooks" })).toContainText(
    "No callback URL, and no webhook subscribed to this outcome.",
  );
});
