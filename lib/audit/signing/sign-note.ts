import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from "node:crypto";

/** The name that our keys have in notes. */
export const KEY_NAME = "runflow-audit";

/** A key that signs notes; `verifierKey` is what they are checked with, and no secret. */
export type SigningKey = { name: string; id: Buffer; verifierKey: string; privateKey: KeyObject };

/** What stands before an Ed25519 seed in PKCS #8, RFC 8410. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const ED25519 = Buffer.of(1);

/** @param seed the 32 bytes that an Ed25519 key is made of */
export function makeSigningKey(seed: Buffer, name = KEY_NAME): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const publicKey = Buffer.concat([ED25519, spki.subarray(-32)]);
  const id = hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), publicKey]), "buffer").subarray(0, 4);
  const verifierKey = `${name}+${id.toString("hex")}+${publicKey.toString("base64")}`;
  return { name, id, verifierKey, privateKey };
}

/**
 * @param text ends with a line break
 * @returns the note, signed by each of these keys, in their order
 */
export function signNote(text: string, keys: readonly SigningKey[]): string {
  const lines = keys.map(({ name, id, privateKey }) => {
    const signature = sign(null, Buffer.from(text, "utf8"), privateKey);
    return `— ${name} ${Buffer.concat([id, signature]).toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}
