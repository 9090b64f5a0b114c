import { createHmac } from "node:crypto";

/** What `Runflow-Signature` says: 64 lower-case hex digits, the HMAC-SHA256 of the body's bytes. */
export const signBody = (secret: string, body: string): string =>
  createHmac("sha256", secret).update(body, "utf8").digest("hex");
