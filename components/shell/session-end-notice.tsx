"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Notice } from "@/components/ui/notice";
import { paths } from "@/lib/client/paths";
import { useSessionEnded } from "@/lib/client/use-session-ended";

/** Replaces live updates once the session has ended. */
export function SessionEndNotice() {
  const hasEnded = useSessionEnded();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  if (!hasEnded) return null;
  const here = search ? `${pathname}?${search}` : pathname;
  return (
    <Notice tone="warn" role="alert" className="mx-4 my-3 lg:mx-6">
      Your session has ended, so this page no longer updates.{" "}
      <a href={paths.signIn(here)} className="font-medium underline">
        Sign in again
      </a>
    </Notice>
  );
}
