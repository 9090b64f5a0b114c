import { describe, expect, test } from "vitest";
import type { ApiKey } from "@/lib/contract/keys";
import { findSessionCookie, makeKey, makePerson, submitSignIn, TEST_PASSWORD } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { useApi } from "@/test/use-api";

const api = useApi({ TRUSTED_PROXIES: "1" });

describe("client address behind a proxy: stored in canonical form", () => {
  test.each([
    ["X-Forwarded-For", "203.0.113.9:51234", "203.0.113.9"],
    ["X-Forwarded-For", "[2001:DB8::1]:443", "2001:db8::1"],
    ["X-Forwarded-For", '"[2001:db8::1]"', "2001:db8::1"],
    ["X-Forwarded-For", "fe80::1%eth0", "fe80::1"],
    ["X-Forwarded-For", "::ffff:203.0.113.9", "203.0.113.9"],
    ["X-Forwarded-For", "6.6.6.6, 203.0.113.9:1", "203.0.113.9"],
    ["Forwarded", 'for="[2001:db8:cafe::17]:4711";proto=https', "2001:db8:cafe::17"],
    ["X-Forwarded-For", "unknown", "127.0.0.1"],
    ["X-Forwarded-For", "_hidden", "127.0.0.1"],
    ["X-Forwarded-For", "<script>", "127.0.0.1"],
    ["Forwarded", "for=unknown", "127.0.0.1"],
  ])("%s: %s", async (name, claimed, ip) => {
    const { database, fixture, call } = api();
    const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
    const path = `/v1/admin/runs/${await makeRun(database.owner, fixture)}/cancellation`;
    const { requestId } = await call("POST", path, { headers: { ...key.headers, [name]: claimed } });
    const { rows } = await database.owner.query("SELECT ip FROM audit_entries WHERE request_id = $1", [
      requestId,
    ]);
    expect(rows).toEqual([{ ip }]);
  });

  test("last use of a key: with the address, once a minute", async () => {
    const { database, fixture, call } = api();
    const key = await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
    const useFrom = (ip: string) =>
      call("GET", "/v1/auth/me", { headers: { ...key.headers, "X-Forwarded-For": ip } });
    await useFrom("203.0.113.9:51234");
    const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
    const admin = await makeKey(database.owner, { ownerId, scopes: ["admin"] });
    const read = async () => (await call("GET", `/v1/admin/keys/${key.id}`, admin)).json as ApiKey;
    await expect.poll(async () => (await read()).last_used_ip).toBe("203.0.113.9");
    const { last_used_at } = await read();
    expect(Math.abs(Date.now() - Date.parse(last_used_at!))).toBeLessThan(60_000);
    await useFrom("198.51.100.7");
    expect(await read()).toMatchObject({ last_used_at, last_used_ip: "203.0.113.9" });
  });

  test("created run: its address is the trusted one, and only the activity of its key shows it", async () => {
    const { database, fixture, call } = api();
    const key = await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
    const headers = { ...key.headers, "X-Forwarded-For": "6.6.6.6, [2001:DB8::9]:443" };
    const made = await call("POST", `/v1/models/${fixture.model}/runs`, { headers, body: '{"input":{}}' });
    expect(made.status).toBe(201);
    const { id: ownerId } = await makePerson(database.owner, { role: "admin" });
    const admin = await makeKey(database.owner, { ownerId, scopes: ["admin"] });
    const activity = await call("GET", `/v1/admin/keys/${key.id}/activity`, admin);
    expect(activity.json).toMatchObject({
      run_addresses: { addresses: [{ ip: "2001:db8::9", runs: 1 }], address_count: 1 },
    });
    const read = await call("GET", `/v1/runs/${(made.json as { id: string }).id}`, key);
    for (const { text } of [made, read]) expect(text).not.toContain("2001:db8::9");
  });

  test("unreadable client address: logged once", () => {
    const output = api().server.output();
    expect(output.split("the proxy sends no readable client address")).toHaveLength(2);
  });
});

describe("failed sign-ins from one address", () => {
  const right = async () => ({
    email: (await makePerson(api().database.owner)).email,
    password: TEST_PASSWORD,
  });
  const sendFrom = (address: string, credentials: { email: string; password: string }) =>
    submitSignIn(api().baseUrl, credentials, { "X-Forwarded-For": address });
  const isSignedIn = async (address: string) =>
    findSessionCookie((await sendFrom(address, await right())).headers["set-cookie"]) !== undefined;
  const fail = async (addressOf: (n: number) => string) => {
    for (let n = 0; n < 51; n++)
      await sendFrom(addressOf(n), { email: `nobody${n}@nowhere.example`, password: "wrong" });
  };

  test("many ports: count as one client, and other clients don't wait", async () => {
    await fail((n) => `203.0.113.9:${50_000 + n}`);
    expect((await sendFrom("203.0.113.9:1", await right())).text).toContain("RateLimited");
    expect((await sendFrom("203.0.113.9", await right())).text).toContain("RateLimited");
    for (const address of [
      "198.51.100.7:50002",
      "[2001:db8::1]:443",
      "[2001:db8::1]",
      "198.51.100.8",
      "unknown",
    ])
      expect([address, await isSignedIn(address)]).toEqual([address, true]);
  });

  test("no address from the proxy: nobody is locked out", async () => {
    await fail((n) => ["unknown", "_hidden", "<script>", ""][n % 4]!);
    for (const address of ["unknown", "_other", "198.51.100.9"])
      expect([address, await isSignedIn(address)]).toEqual([address, true]);
  });
});
