import { randomBytes } from "node:crypto";
import { readPrivateJson, writePrivateJson } from "./private-file";

export type DemoSecrets = {
  /** Tells this installation's data from another's, and its database role too. */
  installation: string;
  appPassword: string;
  nextAuthSecret: string;
  cursorSecret: string;
  providerSecret: string;
  encryptionKey: string;
  auditSigningKey: string;
};

/** The secrets of this installation: random, made once, kept where only its owner can read them. */
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
    // An installation of an earlier version lacks what came later.
    ...kept,
  };
  if (!kept || Object.keys(kept).length < Object.keys(made).length) await writePrivateJson(file, made);
  return made;
}
