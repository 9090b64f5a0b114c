import { expect, test } from "vitest";
import { OidcProviders } from "@/lib/platform/env/oidc-providers";
import { GroupsMissing, readAccount } from "./read-account";

const SETTINGS = {
  id: "okta",
  name: "Okta",
  issuer: "https://company.okta.example",
  client_id: "console",
  client_secret: "secret",
  access: [{ group: "support", role: "support", organizations: "all" }],
};
const make = (settings: object = {}) =>
  OidcProviders.parse(JSON.stringify([{ ...SETTINGS, ...settings }]))[0]!;
const read = (claims: object, settings: object = {}) => readAccount(make(settings), { sub: "1", ...claims });

test("account: name, verified email and groups", () => {
  const claims = {
    name: " Kim New ",
    email: "Kim@Company.Example",
    email_verified: true,
    groups: ["a", 1, "b"],
  };
  expect(read(claims)).toEqual({
    subject: "1",
    name: "Kim New",
    email: "kim@company.example",
    groups: ["a", "b"],
  });
});

test.each([
  ["without a name", {}, "1"],
  ["with a name that can't be shown", { name: "a\u202eb", preferred_username: "kim" }, "kim"],
  [
    "with a name that is too long",
    { name: "x".repeat(101), email: "k@x.example", email_verified: true },
    "k@x.example",
  ],
])("account %s: is called something else", (_how, claims, name) => {
  expect(read(claims).name).toBe(name);
});

test("email: only a verified one counts, unless the provider is trusted", () => {
  const email = "kim@company.example";
  for (const email_verified of [undefined, false, "false", null]) {
    expect(read({ email, email_verified }).email).toBeUndefined();
    expect(read({ email, email_verified }, { trust_email: true }).email).toBe(email);
  }
  expect(read({ email, email_verified: "true" }).email).toBe(email);
  expect(read({ email: "not an address", email_verified: true }).email).toBeUndefined();
});

test("groups: from the configured claim; one text is one group; none without the claim", () => {
  expect(read({ roles: "support" }, { groups_claim: "roles" }).groups).toEqual(["support"]);
  expect(read({}).groups).toEqual([]);
});

test("groups too many for the token: refused, because nobody knows them", () => {
  expect(() => read({ _claim_names: { groups: "src1" } })).toThrow(GroupsMissing);
});
