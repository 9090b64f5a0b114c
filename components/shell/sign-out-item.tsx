"use client";

import { useState } from "react";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { paths } from "@/lib/client/paths";

export function SignOutItem() {
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  const leave = async () => {
    if (isBusy) return;
    setBusy(true);
    setFailed(false);
    try {
      // Only this needs it, so no page loads it before.
      const { signOut } = await import("next-auth/react");
      const { url } = await signOut({ redirect: false });
      // Without an address the session could not be ended: to show the sign-in page would be a lie.
      if (url) return window.location.assign(paths.signIn());
    } catch {
      // The connection was lost; said below.
    }
    setFailed(true);
    setBusy(false);
  };
  return (
    <>
      <button type="button" aria-disabled={isBusy} className={MENU_ITEM} onClick={leave}>
        {isBusy ? "Signing out…" : "Sign out"}
      </button>
      {hasFailed && (
        <p role="alert" className="text-danger px-2 pb-1 text-sm">
          You are still signed in: the session could not be ended. Try again.
        </p>
      )}
    </>
  );
}
