import { beforeEach, expect, test } from "vitest";
import { type Mail, purposeOf } from "@/lib/mail/queue-mail";
import { openText } from "@/lib/platform/seal-text";
import type { Caller } from "@/lib/states/caller";
import { makeKey, revokeKey } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { makeStaff } from "@/test/fixture";
import { findOwnNotices } from "./find-own-notices";
import { warnOfExpiry } from "./warn-of-expiry";

const MAIL_KEYS = [Buffer.alloc(32, 7).toString("base64")];
const database = useDatabase();
let ida: Caller;

beforeEach(async () => {
  ida = await makeStaff(database().owner, "admin", "Ida");
  await database().owner.query("UPDATE api_keys SET expires_at = NULL WHERE revoked_at IS NULL");
});

/** @param expiresIn the time left, as an interval */
async function make(expiresIn: string, age = "100 days"): Promise<string> {
  const { owner } = database();
  const { id } = await makeKey(owner, { ownerId: ida.person.id });
  await owner.query(
    "UPDATE api_keys SET created_at = now() - $2::interval, expires_at = now() + $3::interval WHERE id = $1",
    [id, age, expiresIn],
  );
  return id;
}
const warn = () => warnOfExpiry(database().workerDb, MAIL_KEYS, 2);
const noticesOf = async (id: string) =>
  (
    await database().owner.query<{ kind: string }>(
      "SELECT kind FROM key_notices WHERE key_id = $1 ORDER BY created_at, kind",
      [id],
    )
  ).rows.map(({ kind }) => kind);
async function readMails(): Promise<Mail[]> {
  const { rows } = await database().owner.query<{ payload: { id: string; sealed: string } }>(
    `SELECT j.payload FROM graphile_worker._private_jobs j
     JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'send_mail' ORDER BY j.id`,
  );
  return rows.map(
    ({ payload: { id, sealed } }) =>
      JSON.parse(openText(Buffer.from(sealed, "base64"), purposeOf(id), MAIL_KEYS)!) as Mail,
  );
}
const comesTo = (id: string, expiresIn: string) =>
  database().owner.query("UPDATE api_keys SET expires_at = now() + $2::interval WHERE id = $1", [
    id,
    expiresIn,
  ]);

test("warned 30, 10 and 2 days before, once each", async () => {
  const id = await make("31 days");
  expect(await warn()).toBe(0);
  for (const [left, count] of [
    ["29 days", 1],
    ["11 days", 0],
    ["10 days", 1],
    ["47 hours", 1],
    ["1 hour", 0],
    ["-1 second", 0],
  ] as const) {
    await comesTo(id, left);
    expect([left, await warn(), await warn()]).toEqual([left, count, 0]);
  }
  expect((await noticesOf(id)).toSorted()).toEqual([
    "expires_in_10_days",
    "expires_in_2_days",
    "expires_in_30_days",
  ]);
  const mails = (await readMails()).filter(({ to }) => to === ida.person.email);
  expect(mails).toHaveLength(3);
  for (const { subject, text } of mails) {
    expect(subject).toMatch(/^Your API key service \w{8} expires soon$/);
    expect(text).toMatch(
      /^Hello Ida,\n\nYour Runflow API key service \w{8} \(rf_svc_\w+…\) expires at 2\d{3}-\S+ \S+ UTC\./,
    );
  }
});

test("missed thresholds: only the closest one is warned of", async () => {
  const id = await make("1 day");
  await warn();
  expect(await noticesOf(id)).toEqual(["expires_in_2_days"]);
});

test("short-lived key: warned only at thresholds within its life", async () => {
  const [week, day] = [await make("6 days", "1 day"), await make("20 hours", "4 hours")];
  expect(await warn()).toBe(0);
  await comesTo(week, "1 day");
  await database().owner.query("UPDATE api_keys SET created_at = now() - interval '6 days' WHERE id = $1", [
    week,
  ]);
  expect(await warn()).toBe(1);
  expect([await noticesOf(week), await noticesOf(day)]).toEqual([["expires_in_2_days"], []]);
});

test("many keys, two workers at once: each warned once; revoked ones and ones without an end never", async () => {
  const { owner } = database();
  const ids = await Promise.all(Array.from({ length: 7 }, () => make("9 days")));
  const forever = await makeKey(owner, { ownerId: ida.person.id });
  const revoked = await make("9 days");
  await revokeKey(owner, { id: revoked });
  const warned = await Promise.all([warn(), warn()]);
  expect(warned[0] + warned[1]).toBe(7);
  for (const id of ids) expect(await noticesOf(id)).toEqual(["expires_in_10_days"]);
  for (const id of [forever.id, revoked]) expect(await noticesOf(id)).toEqual([]);
});

test("console: shows the owner their own keys that still work, the most urgent first", async () => {
  const [late, soon] = [await make("25 days"), await make("1 day")];
  await make("40 days");
  await warn();
  const find = async (caller: Caller) =>
    (await findOwnNotices(database().db, caller)).map(({ id, expiry_warned_at }) => [
      id,
      typeof expiry_warned_at,
    ]);
  expect(await find(ida)).toEqual([
    [soon, "string"],
    [late, "string"],
  ]);
  expect(await find(await makeStaff(database().owner, "admin", "Ben"))).toEqual([]);
  await revokeKey(database().owner, { id: soon });
  expect(await find(ida)).toEqual([[late, "string"]]);
});
