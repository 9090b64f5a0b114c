import { z } from "zod";
import { trimWhiteSpace } from "./text/trim-white-space";
import { visible } from "./text/visible";

const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/u;
/** Bidi controls also reorder the text around the name. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;

/** Control, format, surrogate, private-use and unassigned characters, and line and paragraph separators. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** A name for lists and the audit trail: visible, on one line, without bidi controls. */
export const nameText = (max: number) =>
  z
    .string()
    .overwrite(trimWhiteSpace)
    .min(1)
    .max(max)
    .refine(
      (name) => !UNPRINTABLE.test(name) && name.isWellFormed(),
      "The name has characters that can't be shown.",
    )
    .refine(
      (name) => !DIRECTION.test(name),
      "The name has characters that change the direction of text (U+202A to U+202E, U+2066 to U+2069).",
    )
    .refine(
      (name) => name === "" || visible(name).trim() !== "",
      "The name has no visible characters. Add at least one.",
    );

/** A person's name, which the audit trail shows: without any character that people can't see. */
export const personNameText = (max: number) =>
  nameText(max).refine(
    (name) => !HIDDEN.test(name),
    "The name has invisible characters. Type it without them.",
  );
