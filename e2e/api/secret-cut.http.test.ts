import { afterAll, beforeAll, expect, test } from "vitest";
import { callHttp } from "@/test/call-http";
import { useDatabase } from "@/test/database";
import { type OpenIdProvider, settingsOf, startOpenIdProvider } from "@/test/openid-provider";
import { failureOf, signInAt } from "@/test/provider-sign-in";
import { startServers, type TestServerProcess } from "@/test/server";

/** A server knows one of the two; a restart with the new one rotates the secret. */
const [OLD, NEW] = ["old-secret-for-tests-0123456789-abcdef", "new-secret-for-tests-0123456789-abcdef"];

const database = useDatabase();
let provider: OpenIdProvider;
let servers: TestServerProcess[];
let before: string;
let after: string;

beforeAll(async () => {
  provider = await startOpenIdProvider();
  provider.secrets = new Set([OLD]);
  const serve = (secret: string) =>
    startServers({
      databaseUrl: database().appUrl,
      env: {
        METRICS_TOKEN: secret,
        OIDC_PROVIDERS: JSON.stringify([settingsOf(provider, { client_secret: secret, scim_token: secret })]),
      },
    });
  servers = (await Promise.all([OLD, NEW].map(serve))).flat();
  [before = "", after = ""] = servers.map(({ baseUrl }) => baseUrl);
  for (const baseUrl of [before, after]) provider.addConsole(baseUrl);
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()));
  await provider?.close();
});

const ask = async (baseUrl: string, path: string, token: string): Promise<number> =>
  (await callHttp(baseUrl, "GET", path, { headers: { Authorization: `Bearer ${token}` } })).status;

test.each([
  ["metrics token", "/metrics"],
  ["SCIM token", "/scim/v2/Users"],
])("%s: after the restart, only the new one opens %s", async (_name, path) => {
  expect([await ask(before, path, OLD), await ask(before, path, NEW)]).toEqual([200, 401]);
  expect([await ask(after, path, OLD), await ask(after, path, NEW)]).toEqual([401, 200]);
});

test("OIDC client secret: people sign in at every process while the provider accepts both", async () => {
  const person = provider.setAccount({ name: "Kim New", groups: ["support"] });
  const attempt = async (baseUrl: string) => {
    const reply = await signInAt(baseUrl, provider, person);
    return reply.session ? "signed in" : failureOf(reply);
  };
  expect(await attempt(before)).toBe("signed in");
  expect(await attempt(after)).toBe("invalid");
  provider.secrets.add(NEW);
  expect([await attempt(before), await attempt(after)]).toEqual(["signed in", "signed in"]);
  provider.secrets.delete(OLD);
  expect([await attempt(before), await attempt(after)]).toEqual(["invalid", "signed in"]);
});
