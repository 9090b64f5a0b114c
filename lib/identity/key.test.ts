import fc from "fast-check";
import { expect, test } from "vitest";
import { keyPrefix } from "@/lib/states/key";
import { generateKey, hashKey, isSameHash, isWellFormedKey } from "./key";

const anyKey = fc
  .constantFrom("inference", "service")
  .map((kind) => generateKey(kind as "inference" | "service"));
const anyCharacter = fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");

test("new key: shows its kind, uses letters, digits and underscores, and is unique", () => {
  const keys = Array.from({ length: 200 }, () => generateKey("service"));
  for (const key of keys) {
    expect(key).toMatch(/^rf_svc_[A-Za-z0-9]{38}$/);
    expect(isWellFormedKey(key)).toBe(true);
  }
  expect(generateKey("inference")).toMatch(/^rf_live_[A-Za-z0-9]{38}$/);
  expect(new Set(keys).size).toBe(keys.length);
});

test("one mistyped character: detected", () => {
  fc.assert(
    fc.property(anyKey, fc.nat(), anyCharacter, (key, position, character) => {
      const at = position % key.length;
      const mistyped = key.slice(0, at) + character + key.slice(at + 1);
      expect(isWellFormedKey(mistyped)).toBe(mistyped === key);
    }),
  );
});

test("swapped, missing or extra character: detected", () => {
  fc.assert(
    fc.property(anyKey, fc.nat(), anyCharacter, (key, position, character) => {
      const at = position % (key.length - 1);
      const swapped = key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2);
      expect(isWellFormedKey(swapped)).toBe(swapped === key);
      expect(isWellFormedKey(key.slice(0, at) + key.slice(at + 1))).toBe(false);
      expect(isWellFormedKey(key.slice(0, at) + character + key.slice(at))).toBe(false);
    }),
  );
});

test("other text: not a key", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => void expect(isWellFormedKey(text)).toBe(false)),
  );
  for (const text of ["", "rf_svc_", `${generateKey("service")}\n`, ` ${generateKey("service")}`]) {
    expect(isWellFormedKey(text)).toBe(false);
  }
});

test("stored parts: reveal nothing of the secret", () => {
  const key = generateKey("service");
  expect(hashKey(key)).toHaveLength(32);
  expect(isSameHash(hashKey(key), hashKey(key))).toBe(true);
  expect(isSameHash(hashKey(key), hashKey(generateKey("service")))).toBe(false);
  expect(isSameHash(hashKey(key), hashKey(key).subarray(1))).toBe(false);
  expect(keyPrefix(key)).toHaveLength(12);
});
