import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { makePerson, type Person, TEST_PASSWORD } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { TEST_CONTEXT } from "@/test/fixture";
import { readSecurityEvents } from "@/test/refusal";
import { testSettings } from "@/test/server";
import { findKnownDevice, readClaimedDevices } from "./known-device";
import { beforeStrangers } from "./password";
import { type SignIn, signIn } from "./sign-in";

const database = useDatabase();

let lastAddress = 0;
/** Counts last longer than a test, so each test uses a new address. */
const newAddress = () => `198.51.100.${++lastAddress}`;
const make = () => makePerson(database().owner);

beforeAll(() => void Object.assign(process.env, testSettings(database().appUrl, 0)));

type More = Partial<SignIn>;
const attempt = ({ email }: Pick<Person, "email">, ip: string, password = "wrong", more: More = {}) =>
  signIn(database().db, { email, password, context: { ...TEST_CONTEXT, ip }, ...more });

/** Keeps the browser's cookie after a successful sign-in. */
async function becomeKnown(person: Pick<Person, "email">, former: SignIn["devices"] = []) {
  const result = await attempt(person, newAddress(), TEST_PASSWORD, { devices: former });
  if (!("cookies" in result)) throw new Error(JSON.stringify(result));
  const cookie = result.cookies[0]!.split(";")[0]!;
  return { cookie, devices: readClaimedDevices(new Headers({ cookie })) };
}

const succeed = { sessionId: expect.any(String), cookies: [expect.any(String)] };
const WRONG = { failure: "wrong_credentials" };
const BLOCKED = { failure: "rate_limited", seconds: expect.any(Number) as number };

async function fail(times: number, person: () => Pick<Person, "email">, ip: () => string) {
  for (let failed = 0; failed < times; failed++) expect(await attempt(person(), ip())).toEqual(WRONG);
}

const count = (results: object[], failure: string) =>
  results.filter((result) => "failure" in result && result.failure === failure).length;

const stranger = () => ({ email: `${randomUUID()}@nowhere.example` });

describe("ten failures for a person", () => {
  test("block that address for that person only, even with the right password", async () => {
    const [person, colleague] = [await make(), await make()];
    const ip = newAddress();
    await fail(
      10,
      () => person,
      () => ip,
    );
    expect(await attempt(person, ip, TEST_PASSWORD)).toEqual(BLOCKED);
    expect(await attempt({ email: ` ${person.email.toUpperCase()}` }, ip, TEST_PASSWORD)).toEqual(BLOCKED);
    expect(await attempt(person, newAddress(), TEST_PASSWORD)).toEqual(succeed);
    expect(await attempt(colleague, ip, TEST_PASSWORD)).toEqual(succeed);
  });

  test("at the same time: at most ten are tried, one after the other", async () => {
    const person = await make();
    const ip = newAddress();
    const results = await Promise.all(Array.from({ length: 30 }, () => attempt(person, ip)));
    expect(count(results, WRONG.failure)).toBe(10);
  });

  test("leave one event for the block, despite retries", async () => {
    const person = await make();
    const ip = newAddress();
    await fail(
      10,
      () => person,
      () => ip,
    );
    for (let times = 0; times < 5; times++) expect(await attempt(person, ip)).toEqual(BLOCKED);
    const events = (await readSecurityEvents(database().owner)).filter((event) => event.ip === ip);
    expect(events.map(({ status }) => status)).toEqual([...Array<number>(10).fill(401), 429]);
  });

  test("a success clears them, at that address only", async () => {
    const person = await make();
    const [ip, other] = [newAddress(), newAddress()];
    await fail(
      9,
      () => person,
      () => ip,
    );
    await fail(
      9,
      () => person,
      () => other,
    );
    expect(await attempt(person, ip, TEST_PASSWORD)).toEqual(succeed);
    await fail(
      10,
      () => person,
      () => ip,
    );
    await fail(
      1,
      () => person,
      () => other,
    );
    expect(await attempt(person, other)).toEqual(BLOCKED);
  });
});

test("fifty failures from one address, for any people: blocks it", async () => {
  const insider = await make();
  const ip = newAddress();
  await fail(25, stranger, () => ip);
  expect(await attempt(insider, ip, TEST_PASSWORD)).toEqual(succeed);
  await fail(25, stranger, () => ip);
  expect(await attempt(stranger(), ip)).toEqual(BLOCKED);
  expect(await attempt(insider, ip, TEST_PASSWORD)).toEqual(BLOCKED);
  expect(await attempt(insider, newAddress(), TEST_PASSWORD)).toEqual(succeed);
});

test("attempts from a blocked address: don't use up anyone's limit", async () => {
  const person = await make();
  const ip = newAddress();
  await fail(
    10,
    () => person,
    () => ip,
  );
  for (let times = 0; times < 200; times++) expect(await attempt(person, ip)).toEqual(BLOCKED);
  expect(await attempt(person, newAddress(), TEST_PASSWORD)).toEqual(succeed);
  expect(await attempt(await make(), ip, TEST_PASSWORD)).toEqual(succeed);
});

test("a hundred failures for one person, from anywhere: blocks that person's email for everyone", async () => {
  const person = await make();
  await fail(100, () => person, newAddress);
  expect(await attempt(person, newAddress(), TEST_PASSWORD)).toEqual(BLOCKED);
});

test("too many attempts at once: refused without counting or an event", async () => {
  const person = await make();
  const ip = newAddress();
  const before = (await readSecurityEvents(database().owner)).length;
  // Occupies both places, so that exactly forty attempts wait for them.
  let finish = () => {};
  const busy = new Promise<void>((resolve) => (finish = resolve));
  const places = [1, 2].map(() => beforeStrangers(() => busy));
  let answered = 0;
  const crowd = Array.from({ length: 49 }, async (_, index) => {
    const result = await attempt({ email: `${index}.${person.email}` }, ip);
    answered++;
    return result;
  });
  await expect.poll(() => answered, { timeout: 30_000 }).toBe(9);
  finish();
  await Promise.all(places);
  const results = await Promise.all(crowd);
  expect([count(results, "wrong_credentials"), count(results, "overloaded")]).toEqual([40, 9]);
  expect((await readSecurityEvents(database().owner)).length - before).toBe(40);
  await fail(10, stranger, () => ip);
  expect(await attempt(person, ip, TEST_PASSWORD)).toEqual(BLOCKED);
});

test("flood from 300 networks at once: refuses nobody, and known browsers go first", async () => {
  const [person, colleague] = [await make(), await make()];
  const { devices } = await becomeKnown(colleague);
  let strangersDone = 0;
  const flood = Array.from({ length: 300 }, async (_, network) => {
    const result = await attempt(stranger(), `10.${network >> 8}.${network & 255}.1`);
    strangersDone++;
    return result;
  });
  // A known browser doesn't wait for the crowd, and a newcomer for one turn of each network.
  const known = attempt(colleague, newAddress(), TEST_PASSWORD, { devices });
  const unknown = attempt(person, newAddress(), TEST_PASSWORD);
  expect(await known).toEqual(succeed);
  expect(strangersDone).toBeLessThan(100);
  expect(await unknown).toEqual(succeed);
  expect(count(await Promise.all(flood), WRONG.failure)).toBe(300);
});

test("flood from one network: others wait for one of its attempts", async () => {
  const person = await make();
  let strangersDone = 0;
  const flood = Array.from({ length: 40 }, async (_, host) => {
    await attempt(stranger(), `10.9.9.${host}`);
    strangersDone++;
  });
  const mine = attempt(person, newAddress(), TEST_PASSWORD);
  expect(await mine).toEqual(succeed);
  expect(strangersDone).toBeLessThan(20);
  await Promise.all(flood);
});

describe("known browser", () => {
  test("works while strangers are blocked at its address and for its email", async () => {
    const person = await make();
    const { devices } = await becomeKnown(person);
    const ip = newAddress();
    await fail(50, stranger, () => ip);
    await fail(100, () => person, newAddress);
    expect(await attempt(person, ip, TEST_PASSWORD)).toEqual(BLOCKED);
    expect(await attempt(person, newAddress(), TEST_PASSWORD)).toEqual(BLOCKED);
    expect(await attempt(person, ip, TEST_PASSWORD, { devices })).toEqual(succeed);
  });

  test("has its own ten attempts, then counts as unknown", async () => {
    const person = await make();
    const { devices } = await becomeKnown(person);
    const ip = newAddress();
    const guess = () => attempt(person, ip, "wrong", { devices });
    for (let n = 0; n < 20; n++) expect(await guess()).toEqual(WRONG);
    expect(await guess()).toEqual(BLOCKED);
    expect(await attempt(person, newAddress(), TEST_PASSWORD)).toEqual(succeed);
    expect(await attempt(await make(), ip, TEST_PASSWORD)).toEqual(succeed);
  });

  test("gets its attempts back on success", async () => {
    const person = await make();
    const { devices } = await becomeKnown(person);
    const ip = newAddress();
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 9; n++) expect(await attempt(person, ip, "wrong", { devices })).toEqual(WRONG);
      expect(await attempt(person, ip, TEST_PASSWORD, { devices })).toEqual(succeed);
    }
    await fail(
      10,
      () => person,
      () => ip,
    );
    expect(await attempt(person, ip)).toEqual(BLOCKED);
  });

  test("is known for each person who shares it", async () => {
    const [first, second] = [await make(), await make()];
    const { devices } = await becomeKnown(second, (await becomeKnown(first)).devices);
    const ip = newAddress();
    await fail(50, stranger, () => ip);
    for (const person of [first, second])
      expect(await attempt(person, ip, TEST_PASSWORD, { devices })).toEqual(succeed);
    expect(await attempt(await make(), ip, TEST_PASSWORD, { devices })).toEqual(BLOCKED);
  });

  test.each([
    ["another person's", (cookie: string, other: string) => other + cookie.slice(0, 0)],
    ["with another seal", (cookie: string) => `${cookie.slice(0, -2)}__`],
    [
      "with another person's name",
      (cookie: string, other: string) => other.split(".")[0] + cookie.slice(cookie.indexOf(".")),
    ],
    ["garbage", () => "x.y~~.~e30.x"],
  ])("cookie %s: doesn't make the browser known", async (_how, forge) => {
    const [person, other] = [await make(), await make()];
    const valueOf = (cookie: string) => cookie.slice(cookie.indexOf("=") + 1);
    const { cookie } = await becomeKnown(person);
    const forged = forge(valueOf(cookie), valueOf((await becomeKnown(other)).cookie));
    const devices = readClaimedDevices(new Headers({ cookie: `runflow-console.device=${forged}` }));
    const ip = newAddress();
    await fail(50, stranger, () => ip);
    expect(await attempt(person, ip, TEST_PASSWORD, { devices })).toEqual(BLOCKED);
  });

  test("becomes unknown after a new password, or when the person is disabled", async () => {
    const { owner } = database();
    for (const change of [
      "password_hash = (SELECT password_hash || ' ' FROM people LIMIT 1)",
      "disabled_at = now()",
    ]) {
      const person = await make();
      const { devices } = await becomeKnown(person);
      await owner.query(`UPDATE people SET ${change} WHERE id = $1`, [person.id]);
      expect(await findKnownDevice(database().db, devices, person.email)).toBeUndefined();
    }
  });
});

describe("twenty right sign-ins of a person", () => {
  const startedBy = async ({ id }: Person) =>
    (await database().owner.query("SELECT FROM sessions WHERE person_id = $1", [id])).rowCount;

  test("block the next ones, at any address, with one event; others can sign in", async () => {
    const [person, colleague] = [await make(), await make()];
    const ip = newAddress();
    for (let n = 0; n < 20; n++) expect(await attempt(person, newAddress(), TEST_PASSWORD)).toEqual(succeed);
    for (let n = 0; n < 3; n++) expect(await attempt(person, ip, TEST_PASSWORD)).toEqual(BLOCKED);
    expect(await startedBy(person)).toBe(20);
    const events = (await readSecurityEvents(database().owner)).filter((event) => event.ip === ip);
    expect(events.map(({ status, code }) => [status, code])).toEqual([[429, "RATE_LIMITED"]]);
    expect(await attempt(colleague, ip, TEST_PASSWORD)).toEqual(succeed);
  });

  test("at the same time: twenty sessions", async () => {
    const person = await make();
    const results = await Promise.all(
      Array.from({ length: 30 }, () => attempt(person, newAddress(), TEST_PASSWORD)),
    );
    expect(count(results, BLOCKED.failure)).toBe(10);
    expect(await startedBy(person)).toBe(20);
  });

  test("blocked ones: don't use up the address's failures", async () => {
    const person = await make();
    const ip = newAddress();
    for (let n = 0; n < 80; n++) await attempt(person, ip, TEST_PASSWORD);
    expect(await startedBy(person)).toBe(20);
    expect(await attempt(await make(), ip, TEST_PASSWORD)).toEqual(succeed);
  });
});

test("address that anyone may share: has no limit", async () => {
  const person = await make();
  const ip = newAddress();
  const more = { isAddressOfProxy: true };
  for (let n = 0; n < 60; n++) expect(await attempt(stranger(), ip, "wrong", more)).toEqual(WRONG);
  for (let n = 0; n < 20; n++) expect(await attempt(person, ip, "wrong", more)).toEqual(WRONG);
  expect(await attempt(person, ip, TEST_PASSWORD, more)).toEqual(succeed);
  expect(await attempt(await make(), ip, TEST_PASSWORD)).toEqual(succeed);
});
