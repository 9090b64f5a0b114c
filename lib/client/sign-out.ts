import { dropDrafts } from "./drafts";
import { paths } from "./paths";

/**
 * Ends the session and leaves.
 * @returns false if the session could not be ended: showing the sign-in page would be a lie
 */
export async function leave(): Promise<boolean> {
  try {
    // Loaded here, because nothing else needs it.
    const { signOut } = await import("next-auth/react");
    const { url } = await signOut({ redirect: false });
    if (!url) return false;
    dropDrafts();
    window.location.assign(paths.signIn());
    return true;
  } catch {
    // The connection was lost.
    return false;
  }
}
