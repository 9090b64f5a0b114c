"use client";

import { Check, ClipboardCopy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyOutcome } from "@/components/ui/copy-outcome";
import { useCopy } from "@/components/ui/use-copy";

/**
 * Copies the run's summary for a ticket.
 * @param text has the page's path as a placeholder for its URL
 */
export function CopySummary({ text, path }: { text: string; path: string }) {
  const { copy, result, putAway } = useCopy();
  const Icon = result?.isCopied ? Check : ClipboardCopy;
  return (
    <>
      <Button
        className="max-sm:flex-1"
        data-command="Copy summary"
        onClick={(event) =>
          copy(text.replace(`](${path})`, `](${location.origin}${path})`), event.currentTarget)
        }
      >
        <Icon aria-hidden className="size-3.5" />
        Copy summary
      </Button>
      <CopyOutcome result={result} what="summary" onPutAway={putAway} />
    </>
  );
}
