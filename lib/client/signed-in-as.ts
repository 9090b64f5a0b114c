import { SIGNED_IN_AS_HEADER, SIGNED_IN_AS_META } from "@/lib/contract/signed-in-as";

/** @returns the header that says whose page this is; none where nobody is signed in */
export function signedInAs(): Record<string, string> {
  const id = document.querySelector<HTMLMetaElement>(`meta[name=${SIGNED_IN_AS_META}]`)?.content;
  return id ? { [SIGNED_IN_AS_HEADER]: id } : {};
}
