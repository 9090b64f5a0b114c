import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sealTicket, openTicket, spendTicket } from "./ticket";
import { makePerson, type Person } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { codeOf, giveApp, giveRecoveryCode } from "@/test/second-factor";
import { testSettings } from "@/test/server";
import { z } from "zod";
import { hashRecoveryCode, newRecoveryCode } from "./recovery-code";
import { verifyCode } from "./verify-code";

const database = useDatabase();
let person: Person;
let secret: string;

beforeAll(() => void Object.assign(process.env, testSettings(database().appUrl, 0)));
beforeEach(async () => {
  person = await makePerson(database().owner);
  ({ secret } = await giveApp(database().owner, person));
});

const verify = (code: string, personId = person.id) => verifyCode(database().db, { personId, code });
const many = (code: string) => Promise.all(Array.from({ length: 40 }, () => verify(code)));
const accepted = (results: unknown[]) => results.filter((result) => result !== undefined);

describe("code of an authenticator app", () => {
  test("of this, the previous or the next time step: accepted; of others: refused", async () => {
    expect(await verify(codeOf(secret, -2))).toBeUndefined();
    expect(await verify(codeOf(secret, 3))).toBeUndefined();
    expect(await verify(codeOf(secret, -1))).toBe("totp");
    expect(await verify(codeOf(secret))).toBe("totp");
    expect(await verify(codeOf(secret, 1))).toBe("totp");
  });

  test("replayed, or older than the last one: refused", async () => {
    expect(await verify(codeOf(secret))).toBe("totp");
    expect(await verify(codeOf(secret))).toBeUndefined();
    expect(await verify(codeOf(secret, -1))).toBeUndefined();
  });

  test("by 40 callers at once: accepted once; two codes, each once", async () => {
    expect(accepted(await many(codeOf(secret, -1)))).toEqual(["totp"]);
    expect(accepted(await many(codeOf(secret)))).toEqual(["totp"]);
  });

  test("typed with spaces: accepted; anything else: refused", async () => {
    for (const code of ["", "12345", "1234567", "abcdef", "٣٣٣٣٣٣", "-1"])
      expect(await verify(code)).toBeUndefined();
    const code = codeOf(secret);
    expect(await verify(` ${code.slice(0, 3)} ${code.slice(3)}`)).toBe("totp");
  });

  test("someone else's, or of a removed app: refused", async () => {
    const other = await makePerson(database().owner);
    expect(await verify(codeOf(secret), other.id)).toBeUndefined();
    await database().owner.query(
      "UPDATE second_factors SET removed_at = now(), secret = NULL WHERE person_id = $1",
      [person.id],
    );
    expect(await verify(codeOf(secret))).toBeUndefined();
  });
});

describe("recovery code", () => {
  test("has 120 bits, in groups", () => {
    const codes = Array.from({ length: 100 }, newRecoveryCode);
    for (const code of codes) expect(code).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
    expect(new Set(codes).size).toBe(100);
    expect(hashRecoveryCode(codes[0]!)).toEqual(
      hashRecoveryCode(codes[0]!.replaceAll("-", " ").toLowerCase()),
    );
  });

  test("by 40 callers at once: accepted once, and another one still works", async () => {
    const [first, second] = [newRecoveryCode(), newRecoveryCode()];
    for (const code of [first, second]) await giveRecoveryCode(database().owner, person, code);
    expect(accepted(await many(first))).toEqual(["recovery_code"]);
    expect(await verify(first)).toBeUndefined();
    expect(await verify(second.toLowerCase())).toBe("recovery_code");
  });
});

describe("the database", () => {
  const app = (sql: string, values: unknown[]) => database().app.query(sql, values);
  const start = (proofs: string[], personId = person.id) =>
    app(
      "INSERT INTO sessions (person_id, expires_at, authenticated_with) VALUES ($1, now() + interval '1 hour', $2)",
      [personId, proofs],
    );

  test("session without the second factor: refused for its people only", async () => {
    await expect(start(["password"])).rejects.toMatchObject({ constraint: "sessions_with_second_factor" });
    // These get as far as the entry that they lack.
    const lacksEntry = { constraint: "sessions_started_with_entry" };
    await expect(start(["password", "totp"])).rejects.toMatchObject(lacksEntry);
    const other = await makePerson(database().owner);
    await expect(start(["password"], other.id)).rejects.toMatchObject(lacksEntry);
  });

  test("time step set back, or a used recovery code reopened: refused", async () => {
    await verify(codeOf(secret));
    const back = "UPDATE second_factors SET last_step = last_step - 1 WHERE person_id = $1";
    await expect(app(back, [person.id])).rejects.toMatchObject({ constraint: "second_factors_forward" });
    const code = newRecoveryCode();
    await giveRecoveryCode(database().owner, person, code);
    await verify(code);
    const reopen = "UPDATE recovery_codes SET used_at = NULL WHERE person_id = $1";
    await expect(app(reopen, [person.id])).rejects.toMatchObject({ constraint: "recovery_codes_once" });
  });

  test("factor or codes without an entry: refused", async () => {
    const add =
      "INSERT INTO second_factors (person_id, kind, name, secret, last_step) VALUES ($1, 'totp', 'x', '\\x00', 0)";
    await expect(app(add, [person.id])).rejects.toMatchObject({
      constraint: "second_factors_added_with_entry",
    });
    const remove = "UPDATE second_factors SET removed_at = now(), secret = NULL WHERE person_id = $1";
    await expect(app(remove, [person.id])).rejects.toMatchObject({
      constraint: "second_factors_removed_with_entry",
    });
    const codes = "INSERT INTO recovery_codes (person_id, hash) VALUES ($1, sha256('x'))";
    await expect(app(codes, [person.id])).rejects.toMatchObject({
      constraint: "recovery_codes_made_with_entry",
    });
  });

  test("identity: removes the factors; with one, none can be added", async () => {
    const { owner } = database();
    await owner.query("UPDATE people SET password_hash = NULL WHERE id = $1", [person.id]);
    await owner.query(
      "INSERT INTO identities (person_id, provider, issuer, subject) VALUES ($1, 'okta', 'https://okta.example', $2)",
      [person.id, randomUUID()],
    );
    expect(await verify(codeOf(secret))).toBeUndefined();
    await expect(giveApp(owner, person)).rejects.toMatchObject({
      constraint: "second_factors_with_password",
    });
  });
});

test("ticket spent by 40 callers at once: works once; another one still works", async () => {
  const make = () => openTicket("test", z.object({}), sealTicket("test", {}))!;
  const ticket = make();
  const spent = await Promise.all(Array.from({ length: 40 }, () => spendTicket(database().db, ticket)));
  expect(spent.filter(Boolean)).toHaveLength(1);
  expect(await spendTicket(database().db, make())).toBe(true);
});
