"use client";

import { latePart } from "./late-part";
import type { CopyResult } from "./use-copy";

/** Loaded only when a browser refuses, which is rare. */
const CopyByHand = latePart(() => import("./copy-by-hand").then((module) => module.CopyByHand));

type Props = { result: CopyResult; what: string; onPutAway: () => void };

/**
 * Announces a successful copy to screen readers; after a failure, shows everyone the text to copy by hand.
 */
export function CopyOutcome({ result, what, onPutAway }: Props) {
  return (
    <>
      <span role="status" className="sr-only">
        {result?.isCopied && `Copied ${what}.`}
      </span>
      {result?.isCopied === false && <CopyByHand {...{ what, onPutAway }} text={result.refused} />}
    </>
  );
}
