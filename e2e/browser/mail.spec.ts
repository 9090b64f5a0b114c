import { type Mailbox, openMailbox } from "@/test/mailbox";
import { makePerson } from "@/test/credentials";
import { startServers, type TestServerProcess } from "@/test/server";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

let mailbox: Mailbox;
let server: TestServerProcess;

test.beforeAll(async ({ console }) => {
  mailbox = await openMailbox();
  [server] = (await startServers({
    databaseUrl: console.database.appUrl,
    env: { SMTP_URL: mailbox.url, MAIL_FROM: "console@runflow.example" },
  })) as [TestServerProcess];
});
test.afterAll(async () => {
  await server?.stop();
  await mailbox?.close();
});

test("invitation with a mail server: sent to the person, and no link is shown", async ({
  openAs,
  console,
}) => {
  const boss = await makePerson(console.database.owner, { role: "admin" });
  const page = await openAs(boss);
  const email = `kim.${Date.now()}@staff.example`;
  await visit(page, `${server.baseUrl}/people`);
  await page.getByRole("button", { name: "Invite person" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("They get an email with a link");
  await dialog.getByLabel("Name").fill("Kim Mail");
  await dialog.getByLabel("Email").fill(email);
  await dialog.getByRole("radio", { name: /^All customers/ }).check();
  await dialog.getByLabel("Email").press("Enter");
  const sent = page.getByRole("alertdialog", { name: "Email sent to Kim Mail" });
  await expect(sent).toContainText(email);
  await expect(sent.getByTestId("link")).toHaveCount(0);
  await expectAccessible(page, "an invitation that was emailed");
  await sent.getByRole("button", { name: "Done" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kim Mail");
  await page.getByRole("button", { name: "Invite again" }).click();
  await page.getByRole("button", { name: "Send email" }).click();
  await expect(sent).toBeVisible();
});
