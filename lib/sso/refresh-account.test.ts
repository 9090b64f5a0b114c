import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { OidcProviders, type OidcProvider } from "@/lib/platform/env/oidc-providers";
import {
  type OpenIdProvider,
  type ProviderClaims,
  settingsOf,
  startOpenIdProvider,
} from "@/test/openid-provider";
import { takeRefreshToken } from "@/test/provider-sign-in";
import { isUnreachable } from "./explain-failure";
import { refreshAccount, Unvouched } from "./refresh-account";

const CONSOLE = "http://127.0.0.1:9";
let provider: OpenIdProvider;
let settings: OidcProvider;

beforeAll(async () => {
  provider = await startOpenIdProvider();
  provider.addConsole(CONSOLE);
  settings = OidcProviders.parse(JSON.stringify([settingsOf(provider)]))[0]!;
});
afterEach(() => {
  provider.mood = "well";
});
afterAll(() => provider.close());

const signIn = ({ sub }: ProviderClaims) => takeRefreshToken(provider, CONSOLE, sub);

const failureOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => error,
  );

test("account: has its current groups, with the next token", async () => {
  const person = provider.setAccount({ name: "Kim New", groups: ["support"] });
  const first = await refreshAccount(settings, (await signIn(person))!, person.sub);
  expect(first.account).toMatchObject({ name: "Kim New", email: person.email, groups: ["support"] });
  provider.setAccount({ ...person, groups: ["admin"] });
  const second = await refreshAccount(settings, first.refreshToken, person.sub);
  expect(second.account.groups).toEqual(["admin"]);
});

test("token that was revoked, used or made up: the provider no longer vouches", async () => {
  const person = provider.setAccount({ name: "Kim New" });
  const token = (await signIn(person))!;
  provider.revoke(person.sub);
  for (const each of [token, "made up"])
    expect(await failureOf(refreshAccount(settings, each, person.sub))).toBeInstanceOf(Unvouched);
});

test("token of someone else: the provider doesn't vouch for this person", async () => {
  const token = (await signIn(provider.setAccount({ name: "Kim New" })))!;
  expect(await failureOf(refreshAccount(settings, token, "someone else"))).toBeInstanceOf(Unvouched);
});

test("provider that is down, failing or hanging: says nothing about the person, within 3 s", async () => {
  const person = provider.setAccount({ name: "Kim New" });
  const token = (await signIn(person))!;
  const ask = () => failureOf(refreshAccount(settings, token, person.sub));
  for (const mood of ["failing", "hanging"] as const) {
    provider.mood = mood;
    const startedAt = Date.now();
    const error = await ask();
    expect(error).not.toBeInstanceOf(Unvouched);
    expect(mood === "hanging" || isUnreachable(error)).toBe(true);
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  }
  provider.mood = "well";
  await provider.goDown();
  expect(isUnreachable(await ask())).toBe(true);
  await provider.comeBack();
  expect((await refreshAccount(settings, token, person.sub)).account.name).toBe("Kim New");
});

test("wrong client secret: says nothing about the person", async () => {
  const person = provider.setAccount({ name: "Kim New" });
  const error = await failureOf(
    refreshAccount({ ...settings, client_secret: "wrong" }, (await signIn(person))!, person.sub),
  );
  expect(error).not.toBeInstanceOf(Unvouched);
  expect(error).toBeDefined();
});
