/** Bidi controls: embeddings, overrides and isolates. */
const CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

const nameOf = (control: string): string =>
  `U+${control.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** @returns the pieces of a stored text in order; a control appears as its code point, such as `U+202E` */
export function splitControls(text: string): { text: string; isControl: boolean }[] {
  const pieces = [];
  let end = 0;
  for (const match of text.matchAll(CONTROLS)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), isControl: false });
    pieces.push({ text: nameOf(match[0]), isControl: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isControl: false });
  return pieces;
}

const HAS_OTHER_DIRECTION =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * Stored text for places that take only plain text: titles, options, the clipboard. Shows controls by name
 * and isolates right-to-left text, so that it can't reorder its surroundings.
 */
export function plainStored(text: string): string {
  const named = text.replaceAll(CONTROLS, (control) => `[${nameOf(control)}]`);
  return HAS_OTHER_DIRECTION.test(named) ? `${FIRST_STRONG_ISOLATE}${named}${POP_ISOLATE}` : named;
}
