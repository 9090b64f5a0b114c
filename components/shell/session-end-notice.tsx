"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useLayoutEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import { paths } from "@/lib/client/paths";
import { useSessionEnded } from "@/lib/client/use-session-ended";
import { reloadUnseen } from "./leave-former-session";

/** Replaces live updates once the session has ended. The page stays, with its typed text. */
export function SessionEndNotice() {
  const hasEnded = useSessionEnded();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const here = search ? `${pathname}?${search}` : pathname;
  const endedOn = useRef<string>(undefined);
  useLayoutEffect(() => {
    endedOn.current = hasEnded ? (endedOn.current ?? here) : undefined;
    // Back: Next would show that page from its memory.
    if (hasEnded && endedOn.current !== here) reloadUnseen();
  }, [hasEnded, here]);
  if (!hasEnded) return null;
  return (
    <Notice tone="warn" role="alert" className="mx-4 my-3 lg:mx-6">
      Your session has ended, so this page no longer updates.{" "}
      <a href={paths.signIn(here)} className="font-medium underline">
        Sign in again
      </a>
    </Notice>
  );
}
