import { SIGNED_IN_AS_HEADER, SIGNED_IN_AS_META } from "@/lib/contract/signed-in-as";
import { readMeta } from "./read-meta";

/** @returns the signed-in person's id, if any */
export const pageOwner = (): string | undefined => readMeta(SIGNED_IN_AS_META);

/** @returns the header that names the page's user; empty when nobody is signed in */
export function signedInAs(): Record<string, string> {
  const id = pageOwner();
  return id ? { [SIGNED_IN_AS_HEADER]: id } : {};
}
