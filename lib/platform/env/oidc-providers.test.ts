import { expect, test } from "vitest";
import { OidcProviders } from "./oidc-providers";

const OKTA = {
  id: "okta",
  name: "Okta",
  issuer: "https://company.okta.example",
  client_id: "console",
  client_secret: "secret",
  access: [
    { group: "support", role: "support", organizations: ["acme"] },
    { group: "admins", role: "admin", organizations: "all" },
  ],
};
const read = (...providers: object[]) => OidcProviders.safeParse(JSON.stringify(providers));

test("providers: none by default; defaults of one", () => {
  expect(OidcProviders.parse(undefined)).toEqual([]);
  expect(read(OKTA).data).toEqual([
    {
      ...OKTA,
      scopes: "openid profile email",
      groups_claim: "groups",
      link_by_email: false,
      trust_email: false,
      signing_alg: "RS256",
    },
  ]);
  expect(read({ ...OKTA, issuer: "http://localhost:4000" }).success).toBe(true);
});

test.each([
  ["an unknown field", { ...OKTA, isuer: "x" }],
  ["an issuer over http", { ...OKTA, issuer: "http://company.okta.example" }],
  ["an issuer with a query", { ...OKTA, issuer: "https://company.okta.example?a" }],
  ["an id that is no path segment", { ...OKTA, id: "a/b" }],
  ["the password form's id", { ...OKTA, id: "credentials" }],
  ["no openid scope", { ...OKTA, scopes: "profile email" }],
  ["no rule", { ...OKTA, access: [] }],
  ["an unknown role", { ...OKTA, access: [{ group: "a", role: "boss", organizations: "all" }] }],
  ["no organization", { ...OKTA, access: [{ group: "a", role: "admin", organizations: [] }] }],
  ["a shared secret's algorithm", { ...OKTA, signing_alg: "HS256" }],
  ["an unsigned token", { ...OKTA, signing_alg: "none" }],
])("provider with %s: refused", (_how, provider) => {
  expect(read(provider).success).toBe(false);
});

test("two providers: each id and each issuer once", () => {
  const other = { ...OKTA, id: "other", issuer: "https://other.example" };
  expect(read(OKTA, other).success).toBe(true);
  expect(read(OKTA, { ...other, id: OKTA.id }).success).toBe(false);
  expect(read(OKTA, { ...other, issuer: OKTA.issuer }).success).toBe(false);
  expect(OidcProviders.safeParse("{").success).toBe(false);
});
