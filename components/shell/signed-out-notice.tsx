"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { Notice } from "@/components/ui/notice";
import { paths } from "@/lib/client/paths";
import { useSignedOut } from "@/lib/client/signed-out";

/** Takes the place of updates that can no longer come. */
export function SignedOutNotice() {
  const isSignedOut = useSignedOut();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  if (!isSignedOut) return null;
  const here = search ? `${pathname}?${search}` : pathname;
  return (
    <Notice tone="warn" role="alert" className="m-4">
      Your session has ended, so this page no longer updates.{" "}
      <a href={paths.signIn(here)} className="font-medium underline">
        Sign in again
      </a>
    </Notice>
  );
}
