"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useIsOutdated } from "@/lib/client/use-is-outdated";

/** A newer build is deployed: this page still works, but its lazy parts may be gone. */
export function NewVersionNotice() {
  if (!useIsOutdated()) return null;
  return (
    <Notice
      tone="info"
      role="status"
      className="mx-4 my-3 flex flex-wrap items-center gap-x-3 gap-y-1 lg:mx-6"
    >
      <span>A new version of the console is available. Any reason you typed is kept.</span>
      <Button size="sm" onClick={() => location.reload()}>
        Reload
      </Button>
    </Notice>
  );
}
