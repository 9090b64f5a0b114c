import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openSecret, sealSecret } from "./seal-secret";

const makeKey = () => randomBytes(32).toString("base64");
const [older, newer] = [makeKey(), makeKey()];
const owner = { orgId: "an organization", secretId: "a secret" };

test("open secret: with the key that sealed it, even after a newer key arrived", () => {
  const sealed = sealSecret("rf_whs_ü", owner, [older]);
  expect(Buffer.from(sealed).includes("rf_whs")).toBe(false);
  expect(openSecret(sealed, owner, [older])).toBe("rf_whs_ü");
  expect(openSecret(sealed, owner, [newer, older])).toBe("rf_whs_ü");
  expect(openSecret(sealSecret("x", owner, [newer, older]), owner, [newer])).toBe("x");
});

test("two seals of one secret: nothing in common", () => {
  expect(sealSecret("same", owner, [older])).not.toEqual(sealSecret("same", owner, [older]));
});

test.each([
  ["another key", (sealed: Uint8Array) => openSecret(sealed, owner, [newer])],
  ["another row", (sealed: Uint8Array) => openSecret(sealed, { ...owner, secretId: "b" }, [older])],
  ["another organization", (sealed: Uint8Array) => openSecret(sealed, { ...owner, orgId: "b" }, [older])],
  ["a changed byte", (sealed: Uint8Array) => openSecret(sealed.with(14, sealed[14]! ^ 1), owner, [older])],
  ["a cut end", (sealed: Uint8Array) => openSecret(sealed.subarray(0, -1), owner, [older])],
])("open secret: refused with %s", (_name, open) => {
  expect(() => open(sealSecret("secret", owner, [older]))).toThrow("can't be opened");
});
