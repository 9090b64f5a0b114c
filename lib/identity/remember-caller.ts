import type { Caller } from "./caller";

/**
 * Service keys that were found usable a moment ago, so that a statement which confirms its caller by itself needs no
 * look-up before it. Only such a statement may trust what is remembered, and only for what it changes: any other
 * outcome is decided again with the key read anew (docs/decisions/009).
 */
const remembered = new Map<string, Caller>();
const MAX_REMEMBERED = 1_000;

const nameOf = (hash: Uint8Array): string => Buffer.from(hash).toString("base64");

export const recallCaller = (hash: Uint8Array): Caller | undefined => remembered.get(nameOf(hash));

export const forgetCaller = (hash: Uint8Array): void => void remembered.delete(nameOf(hash));

/** @param version what `key_version` said when the caller was read */
export function rememberCaller(hash: Uint8Array, caller: Caller, version: string): void {
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(nameOf(hash), { ...caller, rememberedVersion: version });
}

/** Nothing was done for a remembered caller: whoever asked must read the caller anew and ask again. */
export class CallerUnconfirmed extends Error {
  override name = "CallerUnconfirmed";
}
