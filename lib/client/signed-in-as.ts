import { SIGNED_IN_AS_HEADER, SIGNED_IN_AS_META } from "@/lib/contract/signed-in-as";
import { readMeta } from "./read-meta";

/** @returns the id of the signed-in person, if any */
export const pageOwner = (): string | undefined => readMeta(SIGNED_IN_AS_META);

/** @returns the header that says whose page this is; none where nobody is signed in */
export function signedInAs(): Record<string, string> {
  const id = pageOwner();
  return id ? { [SIGNED_IN_AS_HEADER]: id } : {};
}
