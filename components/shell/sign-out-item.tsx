"use client";

import { useState } from "react";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { paths } from "@/lib/client/paths";

export function SignOutItem() {
  const [isBusy, setBusy] = useState(false);

  const leave = async () => {
    if (isBusy) return;
    setBusy(true);
    try {
      // Only this needs it, so no page loads it before.
      const { signOut } = await import("next-auth/react");
      await signOut({ redirect: false });
      window.location.assign(paths.signIn());
    } catch {
      setBusy(false);
    }
  };
  return (
    <button type="button" aria-disabled={isBusy} className={MENU_ITEM} onClick={leave}>
      {isBusy ? "Signing out…" : "Sign out"}
    </button>
  );
}
