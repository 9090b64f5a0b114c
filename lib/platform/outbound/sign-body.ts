import { createHmac } from "node:crypto";

/** `Runflow-Signature`: 64 lowercase hex digits, the HMAC-SHA256 of the body. */
export const signBody = (secret: string, body: string): string =>
  createHmac("sha256", secret).update(body, "utf8").digest("hex");
