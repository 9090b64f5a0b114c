import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { InvitedPerson } from "@/lib/contract/people";
import { makePerson, signIn, submitSignIn } from "@/test/credentials";
import { type Mailbox, openMailbox } from "@/test/mailbox";
import { useApi } from "@/test/use-api";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

const mail: Record<string, string> = { MAIL_FROM: "console@runflow.example" };
let mailbox: Mailbox;
let worker: TestWorkerProcess | undefined;
let headers: Record<string, string>;
let boss: { name: string; email: string };

beforeAll(async () => {
  mailbox = await openMailbox();
  mail["SMTP_URL"] = mailbox.url;
});
const api = useApi(mail);
beforeAll(async () => {
  const { database, baseUrl } = api();
  const person = await makePerson(database.owner, { role: "admin" });
  boss = person;
  headers = { ...(await signIn(baseUrl, person)) };
});
afterAll(async () => {
  await worker?.stop();
  await mailbox?.close();
});

const PEOPLE = "/v1/admin/people";
const newcomer = (email = `${randomUUID()}@staff.example`) => ({
  name: `Kim ${randomUUID()}`,
  email,
  role: "support",
  reach: { all: true },
});
const post = (path: string, body: object, as = headers) =>
  api().call("POST", path, { headers: as, body: JSON.stringify(body) });
async function invite(): Promise<InvitedPerson> {
  const { status, json } = await post(PEOPLE, newcomer());
  expect(status).toBe(201);
  return json as InvitedPerson;
}
const readQueue = async () =>
  (
    await api().database.owner.query<{ attempts: number; payload: string }>(
      `SELECT j.attempts, j.payload::text FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'send_mail'`,
    )
  ).rows;
const linkIn = (text: string) => new URL(/^http\S+$/m.exec(text)![0]);

test("invitation: queued encrypted, emailed, and the link sets the password", async () => {
  const person = await invite();
  expect(person).toMatchObject({ state: "invited", link: null });
  const [queued] = await readQueue();
  expect(queued!.payload).not.toMatch(new RegExp(`${person.email}|set-password`));
  expect(mailbox.received).toEqual([]);
  const mailed = "SELECT is_mailed FROM password_links WHERE person_id = $1";
  expect((await api().database.owner.query(mailed, [person.id])).rows).toEqual([{ is_mailed: true }]);

  worker = await startWorker(api().database.workerUrl, mail);
  const { subject, text } = await mailbox.next(person.email);
  expect(subject).toBe("You are invited to the Runflow console");
  expect(text).toContain(`${boss.name} (${boss.email}) invited you`);
  const link = linkIn(text);
  expect(link).toMatchObject({ origin: api().baseUrl, pathname: "/set-password" });

  const password = "three words and more";
  const given = { token: link.hash.slice(1), password };
  const set = await post("/v1/auth/password", given, { "Content-Type": "application/json" });
  expect(set.status).toBe(200);
  expect((await submitSignIn(api().baseUrl, { email: person.email, password })).status).toBe(200);
  await expect
    .poll(() => mailbox.received.filter(({ to }) => to === person.email).map((each) => each.subject))
    .toEqual([subject, "Your Runflow console password was set"]);
  await expect.poll(readQueue).toEqual([]);
});

test("new link: emailed to the person, not shown to the admin", async () => {
  const { id, email } = await invite();
  const first = linkIn((await mailbox.next(email)).text);
  mailbox.received.length = 0;
  const renewed = await post(`${PEOPLE}/${id}/invitation`, {});
  expect(renewed).toMatchObject({ status: 201, json: { link: null } });
  const second = linkIn((await mailbox.next(email)).text);
  expect(second.hash).not.toBe(first.hash);
  const given = { token: first.hash.slice(1), password: "three words and more" };
  expect((await post("/v1/auth/password", given, { "Content-Type": "application/json" })).status).toBe(404);
});

test("refused invitation: sends nothing", async () => {
  const before = mailbox.received.length;
  expect((await post(PEOPLE, newcomer(boss.email))).status).toBe(409);
  expect(await readQueue()).toEqual([]);
  expect(mailbox.received.length).toBe(before);
});

test("busy mail server: the email arrives later, once", async () => {
  mailbox.refuse(451);
  const { email } = await invite();
  await expect.poll(async () => (await readQueue())[0]?.attempts, { timeout: 20_000 }).toBeGreaterThan(0);
  mailbox.refuse(undefined);
  const { messageId } = await mailbox.next(email);
  expect(messageId).toMatch(/^<[0-9a-f-]{36}@console>$/);
  await expect.poll(readQueue).toEqual([]);
  expect(mailbox.received.filter(({ to }) => to === email)).toHaveLength(1);
});

test("recipient refused for good: not tried again", async () => {
  mailbox.refuse(550);
  await invite();
  await expect.poll(readQueue, { timeout: 20_000 }).toEqual([]);
  expect(worker!.output()).toContain("the mail server refused the recipient");
  mailbox.refuse(undefined);
});

test("SMTP password: after the change, email waits for a worker with the new one, and arrives once", async () => {
  mailbox.require("new password");
  const { email } = await invite();
  await expect.poll(async () => (await readQueue())[0]?.attempts).toBeGreaterThan(0);
  await worker!.stop();
  const url = Object.assign(new URL(mailbox.url), { username: "console", password: "new password" });
  worker = await startWorker(api().database.workerUrl, { ...mail, SMTP_URL: url.href });
  await mailbox.next(email);
  await expect.poll(readQueue).toEqual([]);
  expect(mailbox.received.filter(({ to }) => to === email)).toHaveLength(1);
});
