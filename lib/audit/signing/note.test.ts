import fc from "fast-check";
import { expect, test } from "vitest";
import { makeTestSigner } from "@/test/test-signer";
import { fromBase64, readNote } from "./note";
import { makeSigningKey, signNote } from "./sign-note";
import { findSigner, readVerifierKey } from "./verifier-key";

/** The test key and notes of the reference implementation (golang.org/x/mod/sumdb/note). */
const VERIFIER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PRIVATE = Buffer.from("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "base64");
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const ENOCH =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

const seed = PRIVATE.subarray(1);
const keyOf = async (text: string) => (await readVerifierKey(text))!;

test("our signature: equals the reference implementation's, byte for byte", () => {
  const key = makeSigningKey(seed, "PeterNeumann");
  expect(key.verifierKey).toBe(VERIFIER_KEY);
  expect(signNote(TEXT, [key])).toBe(`${TEXT}\n${PETER}`);
});

test("reference notes: read, and verified by their keys", async () => {
  const note = readNote(`${TEXT}\n${PETER}${ENOCH}`)!;
  expect(note.text).toBe(TEXT);
  expect(note.signatures.map(({ name, keyId }) => `${name}+${keyId}`)).toEqual([
    "PeterNeumann+c74f20a3",
    "EnochRoot+af0cfe78",
  ]);
  const [peter, enoch] = [await keyOf(VERIFIER_KEY), await keyOf(ENOCH_KEY)];
  expect(await findSigner(note, [peter])).toBe(peter);
  expect(await findSigner(note, [enoch])).toBe(enoch);
  const alone = readNote(`${TEXT}\n${PETER}`)!;
  expect(await findSigner(alone, [enoch])).toBeUndefined();
  expect(await findSigner({ ...alone, text: TEXT.toUpperCase() }, [peter])).toBeUndefined();
});

test("verifier key with a missing or changed character: refused", async () => {
  for (let at = 0; at < VERIFIER_KEY.length; at++) {
    const next = String.fromCharCode(VERIFIER_KEY.charCodeAt(at) + 1);
    for (const instead of ["", next]) {
      const mangled = VERIFIER_KEY.slice(0, at) + instead + VERIFIER_KEY.slice(at + 1);
      expect(await readVerifierKey(mangled)).toBeUndefined();
    }
  }
  // Another length or another kind, with a matching id.
  for (const other of [
    "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  ]) {
    expect(await readVerifierKey(other)).toBeUndefined();
  }
});

test.each([
  ["no signature", TEXT],
  ["no signature after the empty line", `${TEXT}\n`],
  ["no final line break", `${TEXT}\n${PETER.slice(0, -1)}`],
  ["a control character", `\x01${TEXT}\n${PETER}`],
  ["a lone surrogate", `\ud800${TEXT}\n${PETER}`],
  ["a name with a space", `${TEXT}\n${PETER.replace("PeterNeumann", "Bad Name")}`],
  ["a name with a plus", `${TEXT}\n${PETER.replace("PeterNeumann", "Bad+Name")}`],
  ["a line without a signature", `${TEXT}\n${PETER}Unexpected line.\n`],
  ["too many signatures", `${TEXT}\n${PETER.repeat(101)}`],
  ["base64 without its padding", `${TEXT}\n${PETER.replace("=", "")}`],
  ["base64 with trailing bits", `${TEXT}\n${PETER.replace("AM=", "AN=")}`],
  ["a signature shorter than a key id", `${TEXT}\n— PeterNeumann x08g\n`],
])("note with %s: refused", (_what, note) => {
  expect(readNote(note)).toBeUndefined();
});

test("any text signed by any keys: read back, and verified by another implementation", async () => {
  const line = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/\p{Cc}/u.test(text));
  const seeds = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1 }), seeds, async (lines, made) => {
      const keys = made.map((bytes) => makeSigningKey(Buffer.from(bytes)));
      const text = `${lines.join("\n")}\n`;
      const note = readNote(signNote(text, keys))!;
      expect(note.text).toBe(text);
      for (const { verifierKey } of keys)
        expect(await findSigner(note, [await keyOf(verifierKey)])).toBeDefined();
      const stranger = makeTestSigner();
      expect(await findSigner(note, [await keyOf(stranger.verifierKey)])).toBeUndefined();
      expect(readNote(stranger.sign(text))!.text).toBe(text);
    }),
    { numRuns: 30 },
  );
});

test("base64: accepted only in canonical form", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64(Buffer.from(bytes).toString("base64"))).toEqual(bytes);
    }),
  );
  for (const text of ["A", "AA", "AB==", "AAA", "AAB=", "AA=A", "A===", "AA==\n", "A A="]) {
    expect(fromBase64(text)).toBeUndefined();
  }
});
