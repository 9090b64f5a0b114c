import { paths } from "@/lib/client/paths";
import { pageOwner } from "@/lib/client/signed-in-as";

/** next-auth writes it into localStorage, for the other tabs. */
const MESSAGE = "nextauth.message";

/**
 * Takes an ended session's page off the screen: after a sign-out in another tab, and when the browser
 * restores it from its back/forward cache.
 * @returns a function that stops this
 */
export function leaveFormerSession(): () => void {
  const hear = ({ key, newValue }: StorageEvent) => {
    if (key === MESSAGE && newValue?.includes('"signout"') && pageOwner())
      location.replace(paths.signIn(location.pathname + location.search));
  };
  const show = ({ persisted }: PageTransitionEvent) => {
    if (persisted && pageOwner()) reloadUnseen();
  };
  window.addEventListener("storage", hear);
  window.addEventListener("pageshow", show);
  return () => {
    window.removeEventListener("storage", hear);
    window.removeEventListener("pageshow", show);
  };
}

/** The server decides whether the page may still be shown. */
export function reloadUnseen(): void {
  document.body.hidden = true;
  location.reload();
}
