import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makePerson, type Person, TEST_PASSWORD } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { TEST_CONTEXT } from "@/test/fixture";
import { readSecurityEvents } from "@/test/refusal";
import { signIn, type SignInResult } from "./sign-in";

const database = useDatabase();

let lastAddress = 0;
/** An address that no other test has, as what is counted lives as long as the process. */
const newAddress = () => `198.51.100.${++lastAddress}`;
const make = () => makePerson(database().owner);

const attempt = ({ email }: Pick<Person, "email">, ip: string, password = "wrong") =>
  signIn(database().db, { email, password, context: { ...TEST_CONTEXT, ip } });

const succeed = { sessionId: expect.any(String) };
const WRONG = { failure: "wrong_credentials" };
const BLOCKED = { failure: "rate_limited" };

async function fail(times: number, person: () => Pick<Person, "email">, ip: () => string) {
  for (let failed = 0; failed < times; failed++) expect(await attempt(person(), ip())).toEqual(WRONG);
}

const count = (results: SignInResult[], failure: string) =>
  results.filter((result) => "failure" in result && result.failure === failure).length;

const stranger = () => ({ email: `${randomUUID()}@nowhere.example` });

describe("ten failures", () => {
  test("make that address wait for that person, even with the right password, and keep nobody else out", async () => {
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

  test("at once are no more than ten, one after the other", async () => {
    const person = await make();
    const ip = newAddress();
    const results = await Promise.all(Array.from({ length: 30 }, () => attempt(person, ip)));
    expect(count(results, WRONG.failure)).toBe(10);
  });

  test("leave one event for the wait, however often it is tried again", async () => {
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

  test("are forgotten with a success in between, at that address only", async () => {
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

test("fifty failures of one address make it wait, whoever they were about and whoever signed in between", async () => {
  const insider = await make();
  const ip = newAddress();
  await fail(25, stranger, () => ip);
  expect(await attempt(insider, ip, TEST_PASSWORD)).toEqual(succeed);
  await fail(25, stranger, () => ip);
  expect(await attempt(stranger(), ip)).toEqual(BLOCKED);
  expect(await attempt(insider, ip, TEST_PASSWORD)).toEqual(BLOCKED);
  expect(await attempt(insider, newAddress(), TEST_PASSWORD)).toEqual(succeed);
});

test("what a blocked address tries uses up nobody's limit", async () => {
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

test("a hundred failures for one person, from wherever, make everyone wait for that person", async () => {
  const person = await make();
  await fail(100, () => person, newAddress);
  expect(await attempt(person, newAddress(), TEST_PASSWORD)).toEqual(BLOCKED);
});

test("more at once than there is room for are turned away uncounted, and leave no event", async () => {
  const person = await make();
  const ip = newAddress();
  const before = (await readSecurityEvents(database().owner)).length;
  const crowd = await Promise.all(
    Array.from({ length: 49 }, (_, index) => attempt({ email: `${index}.${person.email}` }, ip)),
  );
  expect([count(crowd, "wrong_credentials"), count(crowd, "overloaded")]).toEqual([42, 7]);
  expect((await readSecurityEvents(database().owner)).length - before).toBe(42);
  await fail(8, stranger, () => ip);
  expect(await attempt(person, ip, TEST_PASSWORD)).toEqual(BLOCKED);
});
