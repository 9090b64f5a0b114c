"use client";

import { useState } from "react";
import { MENU_ITEM } from "@/components/ui/popup-style";
import { leave } from "@/lib/client/sign-out";

export function SignOutItem() {
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  const press = async () => {
    if (isBusy) return;
    setBusy(true);
    setFailed(false);
    if (await leave()) return;
    setFailed(true);
    setBusy(false);
  };
  return (
    <>
      <button type="button" aria-disabled={isBusy} className={MENU_ITEM} onClick={press}>
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
