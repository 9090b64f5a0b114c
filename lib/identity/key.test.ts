import fc from "fast-check";
import { expect, test } from "vitest";
import { keyPrefix } from "@/lib/states/key";
import { generateKey, hashKey, isSameHash, isWellFormedKey } from "./key";

const anyKey = fc
  .constantFrom("inference", "service")
  .map((kind) => generateKey(kind as "inference" | "service"));
const anyCharacter = fc.constantFrom(..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");

test("a new key says its kind, is made of letters, digits and underscores, and never comes twice", () => {
  const keys = Array.from({ length: 200 }, () => generateKey("service"));
  for (const key of keys) {
    expect(key).toMatch(/^rf_svc_[A-Za-z0-9]{38}$/);
    expect(isWellFormedKey(key)).toBe(true);
  }
  expect(generateKey("inference")).toMatch(/^rf_live_[A-Za-z0-9]{38}$/);
  expect(new Set(keys).size).toBe(keys.length);
});

test("any one character mistyped is noticed", () => {
  fc.assert(
    fc.property(anyKey, fc.nat(), anyCharacter, (key, position, character) => {
      const at = position % key.length;
      const mistyped = key.slice(0, at) + character + key.slice(at + 1);
      expect(isWellFormedKey(mistyped)).toBe(mistyped === key);
    }),
  );
});

test("any two neighbours swapped, a character too few or too many are noticed", () => {
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

test("no other text is a key", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => void expect(isWellFormedKey(text)).toBe(false)),
  );
  for (const text of ["", "rf_svc_", `${generateKey("service")}\n`, ` ${generateKey("service")}`]) {
    expect(isWellFormedKey(text)).toBe(false);
  }
});

test("what is kept of a key gives nothing of its secret away", () => {
  const key = generateKey("service");
  expect(hashKey(key)).toHaveLength(32);
  expect(isSameHash(hashKey(key), hashKey(key))).toBe(true);
  expect(isSameHash(hashKey(key), hashKey(generateKey("service")))).toBe(false);
  expect(isSameHash(hashKey(key), hashKey(key).subarray(1))).toBe(false);
  expect(keyPrefix(key)).toHaveLength(12);
});
