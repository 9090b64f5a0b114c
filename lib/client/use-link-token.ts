import { useSyncExternalStore } from "react";

/** The part of the address after `#`, which never leaves the browser; null before the page is ready. */
export function useLinkToken(): string | null {
  const follow = (hear: () => void) => {
    window.addEventListener("hashchange", hear);
    return () => window.removeEventListener("hashchange", hear);
  };
  return useSyncExternalStore(
    follow,
    () => window.location.hash.slice(1),
    () => null,
  );
}

export const readLinkToken = (): string => window.location.hash.slice(1);

/** Removes a used token from the browser's history. */
export const forgetLinkToken = (): void => window.history.replaceState(null, "", window.location.pathname);
