import { expect, test } from "vitest";
import { findSessionCookie, makePerson, signIn, submitSignIn, TEST_PASSWORD } from "@/test/credentials";
import { useApi } from "@/test/use-api";

const BREAK_GLASS = "break.glass@staff.example";
const PROVIDER = {
  id: "okta",
  name: "Okta",
  issuer: "https://company.okta.example",
  client_id: "console",
  client_secret: "secret",
  access: [{ group: "admins", role: "admin", organizations: "all" }],
};
const api = useApi({
  OIDC_PROVIDERS: JSON.stringify([PROVIDER]),
  PASSWORD_SIGN_IN: "off",
  BREAK_GLASS_EMAILS: BREAK_GLASS,
});

const attempt = (email: string, password = TEST_PASSWORD) => submitSignIn(api().baseUrl, { email, password });

async function makeBreakGlass() {
  const { owner } = api().database;
  const person = await makePerson(owner, { role: "admin" });
  await owner.query("UPDATE people SET email = id::text || '@former.example' WHERE email = $1", [
    BREAK_GLASS,
  ]);
  await owner.query("UPDATE people SET email = $2 WHERE id = $1", [person.id, BREAK_GLASS]);
  return { ...person, email: BREAK_GLASS };
}

test("passwords off: refused like a wrong password, for everyone but break-glass admins", async () => {
  const { email } = await makePerson(api().database.owner, { role: "admin" });
  await makeBreakGlass();
  const [refused, wrong] = [await attempt(email), await attempt(BREAK_GLASS, "wrong")];
  for (const reply of [refused, wrong]) {
    expect(reply.text).toContain("CredentialsSignin");
    expect(findSessionCookie(reply.headers["set-cookie"])).toBeUndefined();
  }
});

test("break-glass sign-in: is marked in its entry, and leaves a security event", async () => {
  const { owner } = api().database;
  const person = await makeBreakGlass();
  const session = await signIn(api().baseUrl, person);
  expect(await api().call("GET", "/v1/auth/me", { headers: { ...session } })).toMatchObject({
    json: { id: person.id, role: "admin" },
  });
  const { rows } = await owner.query(
    "SELECT meta ->> 'is_break_glass' AS is_break_glass FROM audit_entries WHERE action = 'session.started' AND actor_id = $1",
    [person.id],
  );
  expect(rows).toEqual([{ is_break_glass: "true" }]);
  const events = await api().call("GET", "/v1/admin/security-events?kind=sign_in.break_glass&limit=1", {
    headers: { ...session },
  });
  expect(events).toMatchObject({
    status: 200,
    json: { items: [{ kind: "sign_in.break_glass", status: 200, actor: { name: BREAK_GLASS } }] },
  });
});

test("password links: only for break-glass admins", async () => {
  const { owner } = api().database;
  const session = await signIn(api().baseUrl, await makeBreakGlass());
  const headers = { ...session, "Content-Type": "application/json" };
  const invite = (email: string) =>
    api().call("POST", "/v1/admin/people", {
      headers,
      body: JSON.stringify({ name: "Kim", email, role: "support", reach: { all: true } }),
    });
  const refusal = { status: 409, json: { errors: [{ type: "password_sign_in_off" }] } };
  expect(await invite("kim@staff.example")).toMatchObject(refusal);
  const { id } = await makePerson(owner);
  expect(
    await api().call("POST", `/v1/admin/people/${id}/invitation`, { headers, body: "{}" }),
  ).toMatchObject(refusal);
  expect(await invite(BREAK_GLASS)).toMatchObject({ json: { errors: [{ type: "email_taken" }] } });
});
