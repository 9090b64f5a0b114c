"use client";

import { Check, ClipboardCopy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyOutcome } from "@/components/ui/copy-outcome";
import { useCopy } from "@/components/ui/use-copy";
import { paths } from "@/lib/client/paths";
import { buildSummary } from "./build-summary";

/** Puts the run's account into the clipboard, for the ticket. */
export function CopySummary(account: Parameters<typeof buildSummary>[0]) {
  const { copy, result, putAway } = useCopy();
  const Icon = result?.isCopied ? Check : ClipboardCopy;
  return (
    <>
      <Button
        className="max-sm:flex-1"
        onClick={(event) =>
          copy(buildSummary(account, `${location.origin}${paths.run(account.run.id)}`), event.currentTarget)
        }
      >
        <Icon aria-hidden className="size-3.5" />
        Copy summary
      </Button>
      <CopyOutcome result={result} what="summary" onPutAway={putAway} />
    </>
  );
}
