"use client";

import { Check, ClipboardCopy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyOutcome } from "@/components/ui/copy-button";
import { useCopy } from "@/components/ui/use-copy";
import { paths } from "@/lib/client/paths";
import { buildSummary } from "./build-summary";

/** Puts the run's account into the clipboard, for the ticket. */
export function CopySummary(account: Parameters<typeof buildSummary>[0]) {
  const { copy, outcome } = useCopy();
  const Icon = outcome === "copied" ? Check : ClipboardCopy;
  return (
    <>
      <Button
        className="max-sm:flex-1"
        onClick={() => copy(buildSummary(account, `${location.origin}${paths.run(account.run.id)}`))}
      >
        <Icon aria-hidden className="size-3.5" />
        Copy summary
      </Button>
      <CopyOutcome outcome={outcome} what="summary" />
    </>
  );
}
