"use client";

import { Check, Copy } from "lucide-react";
import { buttonStyle } from "./button-style";
import { CopyOutcome } from "./copy-outcome";
import { useCopy } from "./use-copy";

type Props = { text: string; /** The noun in the label, as in "Copy run ID". */ what: string };

export function CopyButton({ text, what }: Props) {
  const { copy, result, putAway } = useCopy();
  const Icon = result?.isCopied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        onClick={(event) => copy(text, event.currentTarget)}
        aria-label={`Copy ${what}`}
        title={`Copy ${what}`}
        className={buttonStyle("ghost", "sm", "size-7 px-0")}
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
      <CopyOutcome result={result} what={what} onPutAway={putAway} />
    </>
  );
}
