import { z } from "zod";

export type TextProblem = { type: "string_has_nul" | "string_unicode"; msg: string };

/** @returns why PostgreSQL or UTF-8 can't store a text; undefined if they can */
export function explainUnstorable(text: string): TextProblem | undefined {
  if (text.includes("\0"))
    return { type: "string_has_nul", msg: "The text must not contain a NUL character." };
  if (text.isWellFormed()) return undefined;
  return { type: "string_unicode", msg: "The text contains half of a surrogate pair." };
}

export const isStorable = (text: string): boolean => explainUnstorable(text) === undefined;

/**
 * Text that can be stored, and so could be found. Requests are always checked for this; use this schema
 * elsewhere.
 */
export const StorableText = (max: number) =>
  z.string().max(max).refine(isStorable, "The text contains characters that can't be stored.");
