"use client";

import { Check, Copy } from "lucide-react";
import { buttonStyle } from "./button-style";
import { useCopy } from "./use-copy";

type Props = { text: string; /** What is copied, as in "Copy run id". */ what: string };

export function CopyButton({ text, what }: Props) {
  const { copy, outcome } = useCopy();
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <>
      <button
        type="button"
        onClick={() => copy(text)}
        aria-label={`Copy ${what}`}
        title={`Copy ${what}`}
        className={buttonStyle("ghost", "sm", "size-7 px-0")}
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
      <CopyOutcome outcome={outcome} what={what} />
    </>
  );
}

/** Says aloud what came of it. */
export function CopyOutcome({ outcome, what }: { outcome: "copied" | "failed" | undefined; what: string }) {
  return (
    <span role="status" className="sr-only">
      {outcome === "copied" && `Copied ${what}.`}
      {outcome === "failed" && `The browser did not let the page copy ${what}.`}
    </span>
  );
}
