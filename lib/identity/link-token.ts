import { createHash } from "node:crypto";

/** SHA-256 suffices: the token is too random to be guessed, so a slow hash would add nothing. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());
