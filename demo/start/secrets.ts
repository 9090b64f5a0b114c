import { randomBytes } from "node:crypto";
import { readPrivateJson, writePrivateJson } from "./private-file";

export type DemoSecrets = {
  /** Distinguishes this installation's data, and its database role, from others. */
  installation: string;
  appPassword: string;
  nextAuthSecret: string;
  cursorSecret: string;
  providerSecret: string;
  encryptionKey: string;
  auditSigningKey: string;
};

/** This installation's secrets: random, created once, in a file that only its owner can read. */
export async function keepSecrets(file: string): Promise<DemoSecrets> {
  const kept = await readPrivateJson<DemoSecrets>(file);
  const secret = () => randomBytes(32).toString("base64url");
  const made = {
    installation: randomBytes(6).toString("hex"),
    appPassword: secret(),
    nextAuthSecret: secret(),
    cursorSecret: secret(),
    providerSecret: secret(),
    encryptionKey: randomBytes(32).toString("base64"),
    auditSigningKey: randomBytes(32).toString("base64"),
    // An older installation lacks newer secrets.
    ...kept,
  };
  if (!kept || Object.keys(kept).length < Object.keys(made).length) await writePrivateJson(file, made);
  return made;
}
