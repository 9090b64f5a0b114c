import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from "node:crypto";

/** The name of our keys in notes. */
export const KEY_NAME = "runflow-audit";

/** A signing key; `verifierKey` is public. */
export type SigningKey = { name: string; id: Buffer; verifierKey: string; privateKey: KeyObject };

/** The PKCS #8 header of an Ed25519 seed (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const ED25519 = Buffer.of(1);

/** @param seed the 32 bytes of an Ed25519 private key */
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
 * @returns the note, signed by these keys, in order
 */
export function signNote(text: string, keys: readonly SigningKey[]): string {
  const lines = keys.map(({ name, id, privateKey }) => {
    const signature = sign(null, Buffer.from(text, "utf8"), privateKey);
    return `— ${name} ${Buffer.concat([id, signature]).toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}
