"use client";

import { useEffect, useState } from "react";
import { copyText } from "./copy-text";

const SHOWN_MS = 2_000;

/** `refused`: the text that the browser refused to copy. */
export type CopyResult = { isCopied: true } | { isCopied: false; refused: string } | undefined;

/** Copies a text, and reports the result for a moment; a refusal stays until dismissed. */
export function useCopy() {
  const [result, setResult] = useState<CopyResult>();
  useEffect(() => {
    if (!result?.isCopied) return;
    const timer = setTimeout(() => setResult(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async (text: string, near: Element) =>
    setResult((await copyText(text, near)) ? { isCopied: true } : { isCopied: false, refused: text });
  return {
    copy: (text: string, near: Element) => void copy(text, near),
    result,
    putAway: () => setResult(undefined),
  };
}
