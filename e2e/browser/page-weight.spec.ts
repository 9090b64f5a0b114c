import type { Page, Request } from "@playwright/test";
import { LIMIT_KB } from "@/scripts/test/check-page-weights";
import { makePlan } from "@/test/cancellation-batches";
import { makePerson } from "@/test/credentials";
import { makeWebhook } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { expect, SIGNED_OUT, test } from "./agent-test";

/** The compressed size of every script that the page names, in kB. Late parts load after the first paint. */
async function weigh(page: Page, path: string): Promise<number> {
  const scripts: Request[] = [];
  const note = (request: Request) => void (request.resourceType() === "script" && scripts.push(request));
  page.on("request", note);
  const html = await (await page.goto(path, { waitUntil: "load" }))!.text();
  page.off("request", note);
  const named = scripts.filter((script) => html.includes(new URL(script.url()).pathname));
  const sizes = await Promise.all(named.map(async (script) => (await script.sizes()).responseBodySize));
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}

test("first visit of each page: loads less JavaScript than the limit", async ({
  browser,
  agent,
  console,
  openAs,
}) => {
  const { database } = console;
  const fixture = await seedFixture(database.owner);
  const id = await makeRun(database.owner, fixture);
  const { rows } = await database.owner.query<{ id: string }>("SELECT id FROM audit_entries LIMIT 1");
  const webhook = await makeWebhook(database.owner, fixture.orgId, "https://hooks.example.com", [
    "run.failed",
  ]);
  const plan = await makePlan(database, fixture);
  const admin = await openAs(await makePerson(database.owner, { role: "admin" }));
  const adminState = await admin.context().storageState();
  const weights: Record<string, number> = {};
  for (const [path, storageState] of [
    ["/sign-in", SIGNED_OUT],
    ["/", adminState],
    ["/runs", agent.state],
    [`/runs/${id}`, agent.state],
    ["/runs/stuck", adminState],
    ["/cancellations", adminState],
    ["/cancellations/new", adminState],
    [`/cancellations/${plan}`, adminState],
    ["/audit", agent.state],
    ["/audit/checkpoints", agent.state],
    [`/audit/${rows[0]!.id}`, agent.state],
    ["/security", adminState],
    ["/keys", adminState],
    [`/keys/${fixture.customer.credentialId}`, adminState],
    ["/webhooks", adminState],
    [`/webhooks/${webhook}`, adminState],
    ["/webhooks/deliveries", agent.state],
    ["/people", adminState],
    [`/people/${agent.id}`, adminState],
    ["/operations", adminState],
    ["/account", adminState],
    ["/set-password#x", SIGNED_OUT],
    ["/claim-key#x", SIGNED_OUT],
    ["/components", agent.state],
    ["/reference", agent.state],
    ["/reference/cancelRun", agent.state],
  ] as const) {
    const context = await browser.newContext({ storageState });
    weights[path] = await weigh(await context.newPage(), path);
    await context.close();
  }
  for (const [path, weight] of Object.entries(weights)) {
    expect(weight, path).toBeGreaterThan(50);
    expect(weight, path).toBeLessThan(LIMIT_KB);
  }
});
