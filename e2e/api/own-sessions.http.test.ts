import { describe, expect, test } from "vitest";
import { callHttp } from "@/test/call-http";
import { makePerson, type Person, type SessionHeaders, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { useApi } from "@/test/use-api";

const api = useApi({ SESSION_IDLE_MINUTES: "30", SESSION_HOURS: "2" });
const PATH = "/v1/auth/sessions";

const make = () => makePerson(api().database.owner);
const sign = async (person: Person) => ({ ...(await signIn(api().baseUrl, person)) });
const me = async (headers: object) =>
  (await api().call("GET", "/v1/auth/me", { headers: { ...headers } })).status;

async function list(headers: SessionHeaders) {
  const { json } = await api().call("GET", PATH, { headers: { ...headers } });
  return (json as { items: { id: string; is_current: boolean; started_at: string; expires_at: string }[] })
    .items;
}

const age = (person: Person, time: string) =>
  api().database.owner.query("UPDATE sessions SET last_used_at = now() - $2::interval WHERE person_id = $1", [
    person.id,
    time,
  ]);
const minutesUnused = async (person: Person): Promise<number> => {
  const { rows } = await api().database.owner.query<{ age: string }>(
    "SELECT extract(epoch FROM now() - last_used_at) / 60 AS age FROM sessions WHERE person_id = $1",
    [person.id],
  );
  return Math.round(Number(rows[0]!.age));
};

describe("limits of a session", () => {
  test("without use: ends after SESSION_IDLE_MINUTES", async () => {
    const person = await make();
    const headers = await sign(person);
    await age(person, "29 minutes");
    expect(await me(headers)).toBe(200);
    await age(person, "30 minutes");
    expect(await me(headers)).toBe(401);
    // Nothing but a sign-in helps.
    expect(await api().call("POST", "/v1/auth/activity", { headers })).toMatchObject({ status: 401 });
    expect(await me(headers)).toBe(401);
    expect(await me(await sign(person))).toBe(200);
  });

  test("with use: ends SESSION_HOURS after the sign-in", async () => {
    const [session] = await list(await sign(await make()));
    expect(Date.parse(session!.expires_at) - Date.parse(session!.started_at)).toBe(2 * 3_600_000);
  });

  test.each([
    ["reading the API, as an open page does", () => ({ path: "/v1/admin/runs" })],
    ["a short list", () => ({ path: "/v1/admin/models" })],
    ["an automatic refresh of a page", () => ({ path: "/account", headers: { "Sec-Fetch-Mode": "cors" } })],
    [
      "a page that the browser loads ahead",
      () => ({ path: "/account", headers: { "Sec-Fetch-Mode": "navigate", "Sec-Purpose": "prefetch" } }),
    ],
  ])("%s: is no use", async (_what, requestOf) => {
    const person = await make();
    const session = await sign(person);
    await age(person, "20 minutes");
    const { path, headers } = { headers: {}, ...requestOf() };
    const reply = await callHttp(api().baseUrl, "GET", path, { headers: { ...session, ...headers } });
    expect(reply.status).toBe(200);
    // By then, this one's would have been noted.
    const other = await make();
    const theirs = await sign(other);
    await age(other, "20 minutes");
    await api().call("POST", "/v1/auth/activity", { headers: theirs });
    expect(await minutesUnused(other)).toBe(0);
    expect(await minutesUnused(person)).toBe(20);
  });

  test.each<[string, () => Promise<{ method: string; path: string; headers?: object; body?: string }>]>([
    ["a report of activity", async () => ({ method: "POST", path: "/v1/auth/activity" })],
    [
      "a change",
      async () => ({
        method: "POST",
        path: `/v1/admin/runs/${await makeRun(api().database.owner, api().fixture)}/cancellation`,
        body: '{"reason":"ticket #1"}',
      }),
    ],
    [
      "opening a page",
      async () => ({ method: "GET", path: "/account", headers: { "Sec-Fetch-Mode": "navigate" } }),
    ],
  ])("%s: is use", async (_what, requestOf) => {
    const person = await make();
    const session = await sign(person);
    await age(person, "20 minutes");
    const { method, path, headers, ...rest } = await requestOf();
    const reply = await callHttp(api().baseUrl, method, path, {
      headers: { ...session, ...headers },
      ...rest,
    });
    expect(reply.status).toBeLessThan(300);
    await expect.poll(() => minutesUnused(person)).toBe(0);
  });

  test("a change from another site: is no use", async () => {
    const person = await make();
    const session = { ...(await sign(person)), Origin: "https://elsewhere.example" };
    await age(person, "20 minutes");
    expect(await api().call("POST", "/v1/auth/activity", { headers: session })).toMatchObject({
      status: 403,
    });
    expect(await minutesUnused(person)).toBe(20);
  });
});

describe("own sessions", () => {
  test("list: shows where one is signed in", async () => {
    const person = await make();
    await sign(person);
    const here = await sign(person);
    expect(await list(here)).toEqual([
      expect.objectContaining({ is_current: true, ip: "127.0.0.1", ended_at: null }),
      expect.objectContaining({ is_current: false }),
    ]);
  });

  test("ending another: takes effect with its next request", async () => {
    const person = await make();
    const [here, there] = [await sign(person), await sign(person)];
    const other = (await list(here)).find(({ is_current }) => !is_current)!;
    const end = () => api().call("POST", `${PATH}/${other.id}/termination`, { headers: here });
    expect(await end()).toMatchObject({ status: 201, json: { id: other.id, is_current: false } });
    expect(await me(there)).toBe(401);
    expect(await end()).toMatchObject({ status: 200 });
    expect(await me(here)).toBe(200);
  });

  test("ending someone else's: not found, like an unknown one", async () => {
    const [mine, theirs] = [await sign(await make()), await sign(await make())];
    const [session] = await list(theirs);
    for (const id of [session!.id, "0196f1a0-0000-7000-8000-00000000abcd", "x"])
      expect(await api().call("POST", `${PATH}/${id}/termination`, { headers: mine })).toMatchObject({
        status: 404,
        json: { code: "SESSION_NOT_FOUND" },
      });
    expect(await me(theirs)).toBe(200);
  });

  test("ending all others: this one goes on", async () => {
    const person = await make();
    const others = [await sign(person), await sign(person)];
    const here = await sign(person);
    const reply = await api().call("POST", `${PATH}/termination`, { headers: here });
    expect(reply).toMatchObject({ status: 200, json: { ended: 2 } });
    for (const other of others) expect(await me(other)).toBe(401);
    expect(await me(here)).toBe(200);
  });
});
