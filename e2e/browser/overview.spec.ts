import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { openDialog } from "./run-page";
import { visit } from "./visit";

test("overview: lists an agent's work, with a link in each line", async ({ page, console, agent }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const { rows } = await owner.query<{ name: string }>("SELECT name FROM organizations WHERE id = $1", [
    fixture.orgId,
  ]);
  const { name } = rows[0]!;
  const stuck = await makeRun(owner, fixture, { ageMs: 3_600_000_000 });
  for (let n = 0; n < 4; n++) await makeRun(owner, fixture, { status: "failed" });
  await owner.query(
    "INSERT INTO delivery_endpoints (org_id, origin, failures_in_row, open_until) VALUES ($1, $2, 100000, now() + interval '9 min')",
    [fixture.orgId, "https://broken.example"],
  );
  const cancelled = await makeRun(owner, fixture);
  const run = await openDialog(page, cancelled);
  await run.reason.fill("Ticket #4821: sent twice");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();

  await visit(page, "/");
  await expect(page).toHaveTitle("Overview · Runflow console");
  const region = (title: string) => page.getByRole("region", { name: title });
  await expect(region("Last hour").getByRole("link", { name: "Failed, last hour" })).toHaveAttribute(
    "href",
    "/runs?status=failed&age=1h",
  );
  await expect(region("Stuck runs")).toContainText(`${fixture.model.split("/").at(-1)} for ${name}`);
  await expect(region("Stuck runs")).toContainText("41 d (limit ");
  await expect(region("Failing models")).toContainText(fixture.model);
  await expect(region("Failing models")).toContainText("4 of 4 failed");
  await expect(region("Failing endpoints")).toContainText(/Next try in 8 min · 0 waiting · broken\.example/);
  await expect(region("Your recent cancellations")).toContainText("Ticket #4821: sent twice");
  await expect(region("Cancellations, last 14 days")).toBeHidden();
  await expectAccessible(page, "overview");

  for (const [title, link, address] of [
    ["Stuck runs", `${fixture.model.split("/").at(-1)} for ${name}`, `/runs/${stuck}`],
    [
      "Failing models",
      fixture.model,
      `/runs?status=failed&model=${encodeURIComponent(fixture.model)}&age=1h`,
    ],
    ["Your recent cancellations", cancelled, `/runs/${cancelled}`],
    ["Your recent cancellations", "View your activity", `/audit?actor=${agent.id}`],
  ] as const) {
    await visit(page, "/");
    await region(title).getByRole("link", { name: link }).click();
    await expect(page).toHaveURL(address);
  }
});

test("overview without work: an empty state", async ({ openAs, console }) => {
  const { owner } = console.database;
  const page = await openAs(await makePerson(owner, { orgIds: [(await seedFixture(owner)).orgId] }));
  await visit(page, "/");
  await expect(page.getByRole("main")).toContainText("No stuck runs.");
  await expect(page.getByRole("main")).toContainText("You haven’t canceled any runs.");
  await expectAccessible(page, "overview, calm");
});

test("overview for an admin: cancels by day, cause and person, as charts and numbers", async ({
  openAs,
  console,
}) => {
  const { owner } = console.database;
  const admin = await makePerson(owner, { role: "admin" });
  const page = await openAs(admin);
  const run = await openDialog(page, await makeRun(owner, await seedFixture(owner)));
  await run.reason.fill("Stuck since noon");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await visit(page, "/");
  const panel = page.getByRole("region", { name: "Cancellations, last 14 days" });
  await expect(panel.getByRole("img")).toHaveAccessibleName(
    /^Cancellations per day by reason: \d+ in 14 days, most on /,
  );
  await panel.getByText("View as table").click();
  const today = new Date().toISOString().slice(0, 10);
  await expect(panel.getByRole("row").filter({ hasText: today })).toContainText(/[1-9]/);
  await expectAccessible(page, "overview of an admin");
});
