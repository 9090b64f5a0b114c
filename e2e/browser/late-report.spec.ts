import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { reportAsProvider } from "./provider-report";
import { openDialog, revealPayloads, runPage } from "./run-page";

test("late provider report: appears as a ghost, with its cost", async ({ page, console, fixture }) => {
  const { database, server } = console;
  const id = await makeRun(database.owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await expect(run.cost).toContainText("Not known yet");

  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded", cost: "0.12" });
  const ghost = run.timeline.getByRole("listitem").last();
  await expect(ghost).toContainText(/Provider reported “succeeded” [\d.]+ m?s after the cancel/);
  await expect(ghost).toContainText("Dropped, 0.12 USD billed");
  await expect(ghost).toHaveAttribute("data-ghost", "true");
  await expect(run.timeline.getByRole("listitem")).toContainText([/Created/, /Running/, /Canceled/, /./]);
  await expect(run.cost).toContainText(/kept computing for [\d.]+ m?s after the cancel; 0.12 USD billed\./);
  expect(await readEffects(database, id)).toMatchObject({ status: "canceled", jobs: 1 });

  await page.reload();
  await expect(run.timeline.getByRole("listitem").last()).toHaveAttribute("data-ghost", "true");
});

test("open run page: follows the provider's progress", async ({ page, console, fixture }) => {
  const { database, server } = console;
  const id = await makeRun(database.owner, fixture, { status: "queued" });
  await page.goto(`/runs/${id}`);
  const run = runPage(page);
  const status = page.getByRole("main").getByRole("status", { name: "Status" });
  await expect(status).toHaveText("Queued");
  await reportAsProvider(server.baseUrl, id, { status_code: "running" });
  await expect(status).toHaveText("Running");
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded", cost: "0.35" });
  await expect(status).toHaveText("Succeeded");
  await revealPayloads(page);
  await expect(page.getByRole("region", { name: "Output as JSON" })).toContainText("cdn.example/1.png");
  await expect(run.cancel).toBeHidden();
  await expect(page.getByRole("main")).toContainText(/Succeeded (\d+ s ago|just now)/);
});
