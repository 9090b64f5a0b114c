import { paths } from "./paths";

/** This browser's settings, which are nobody's data: the color theme, and single-key shortcuts. */
const SETTINGS = ["theme", "runflow.shortcuts"];

/**
 * Ends the session and leaves, together with the other tabs (`leaveFormerSession`). Storage is emptied, by
 * the response's Clear-Site-Data too, which reaches the other tabs' but needs https.
 * @returns false if the session could not be ended: showing the sign-in page would be a lie
 */
export async function leave(): Promise<boolean> {
  try {
    // Loaded here, because nothing else needs it.
    const { signOut } = await import("next-auth/react");
    const settings = readSettings();
    const { url } = await signOut({ redirect: false });
    if (!url) return false;
    emptyStorage(settings);
    window.location.assign(paths.signIn());
    return true;
  } catch {
    // The connection was lost.
    return false;
  }
}

type Settings = [string, string | null][];

function readSettings(): Settings {
  try {
    return SETTINGS.map((name) => [name, localStorage.getItem(name)]);
  } catch {
    return [];
  }
}

function emptyStorage(except: Settings): void {
  try {
    sessionStorage.clear();
    localStorage.clear();
    for (const [name, value] of except) if (value !== null) localStorage.setItem(name, value);
  } catch {
    // Nothing was stored either.
  }
}
