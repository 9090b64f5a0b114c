import { beforeAll, describe, expect, test } from "vitest";
import { OPERATIONS } from "@/lib/contract/operations";
import { ADMIN_SCOPE, PERMISSIONS } from "@/lib/states/permissions";
import { observe } from "@/test/changes";
import { makeKey, makePerson, type Person, signIn, TEST_PASSWORD } from "@/test/credentials";
import { useApi } from "@/test/use-api";
import { FIXTURES, type Stage } from "./coverage-fixtures";

const api = useApi({ STEP_UP_MINUTES: "10" });
let stage: Stage;

beforeAll(async () => {
  const { database, fixture, baseUrl } = api();
  const owner = await makePerson(database.owner, { role: "admin" });
  stage = {
    database,
    fixture,
    baseUrl,
    admin: await makeKey(database.owner, { ownerId: owner.id, scopes: [ADMIN_SCOPE, ...PERMISSIONS] }),
    inference: await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId }),
  };
});

const REQUIRED = { status: 403, json: { code: "PERMISSION_DENIED", errors: [{ type: "step_up_required" }] } };
const guarded = OPERATIONS.filter(({ stepUp }) => stepUp).map(({ id }) => id);

const age = ({ id }: Person, time: string) =>
  api().database.owner.query(
    "UPDATE sessions SET authenticated_at = now() - $2::interval WHERE person_id = $1",
    [id, time],
  );

async function sign() {
  const person = await makePerson(api().database.owner, { role: "admin" });
  return { person, headers: { ...(await signIn(api().baseUrl, person)) } };
}
const stepUp = (headers: object, password = TEST_PASSWORD) =>
  api().call("POST", "/v1/auth/step-up", {
    headers: { ...headers },
    body: JSON.stringify({ password }),
  });

test("operations that need a recent sign-in", () => {
  expect(guarded.toSorted()).toEqual([
    "addFactor",
    "approveRequest",
    "createKey",
    "createKeyLink",
    "enablePerson",
    "invitePerson",
    "makeRecoveryCodes",
    "refuseRequest",
    "removeFactor",
    "renameFactor",
    "renewInvitation",
    "resetFactors",
    "revealPayload",
    "rotateKey",
    "startPasskey",
    "startTotp",
    "updatePerson",
  ]);
});

async function invite(headers: object) {
  const { path, body } = await FIXTURES["invitePerson"]!(stage);
  const request = { headers: { ...headers }, body: JSON.stringify(body) };
  return observe(stage.database.owner, () => api().call("POST", path, request));
}

describe("invitation", () => {
  test("session with a sign-in from 10 minutes ago: refused until the password is confirmed", async () => {
    const { person, headers } = await sign();
    await age(person, "10 minutes");
    const refused = await invite(headers);
    expect(refused.result).toMatchObject(REQUIRED);
    expect(Object.keys(refused.changes)).toEqual(["security_events"]);
    expect((await stepUp(headers)).status).toBe(200);
    expect((await invite(headers)).result.status).toBe(201);
  });

  test("session with a sign-in from 9 minutes ago, or a key: accepted", async () => {
    const { person, headers } = await sign();
    await age(person, "9 minutes");
    expect((await invite(headers)).result.status).toBe(201);
    expect((await invite(stage.admin.headers)).result.status).toBe(201);
  });
});

describe("confirming the password", () => {
  test("wrong password: refused at its field, with a security event", async () => {
    const { person, headers } = await sign();
    await age(person, "1 hour");
    const { result, changes } = await observe(stage.database.owner, () => stepUp(headers, "wrong"));
    expect(result).toMatchObject({
      status: 422,
      json: { errors: [{ type: "wrong_password", loc: ["body", "password"] }] },
    });
    expect(changes).toEqual({
      security_events: {
        added: [expect.objectContaining({ code: "VALIDATION_ERROR", actor_id: person.id })],
        removed: [],
      },
    });
  });

  test("eleventh guess: refused, even with the right password; the session goes on", async () => {
    const { person, headers } = await sign();
    await age(person, "1 hour");
    for (let guess = 0; guess < 10; guess++) expect((await stepUp(headers, "wrong")).status).toBe(422);
    expect(await stepUp(headers)).toMatchObject({
      status: 429,
      headers: { "retry-after": expect.stringMatching(/^(900|8\d\d)$/) as string },
    });
    expect(await api().call("GET", "/v1/auth/me", { headers })).toMatchObject({ status: 200 });
  });

  test("from another site: refused", async () => {
    const { headers } = await sign();
    expect(await stepUp({ ...headers, Origin: "https://elsewhere.example" })).toMatchObject({ status: 403 });
  });

  test("renews that session only", async () => {
    const { person, headers } = await sign();
    const other = { ...(await signIn(api().baseUrl, person)) };
    await age(person, "1 hour");
    await stepUp(headers);
    expect((await invite(other)).result).toMatchObject(REQUIRED);
  });
});
