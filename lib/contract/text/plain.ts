import { visible } from "./visible";

const SIGNS: readonly [RegExp, string][] = [
  [/[\p{Pd}\u2043\u2212]/gu, "-"],
  [/[«»“-‟″‶❝❞「-』〝-〟﹁-﹄｢｣]/g, '"'],
  [/[´ʹʻ-ʽˈ՚‘-‛′‵‹›❛❜]/g, "'"],
];
/** The digit zero of each script that input methods write. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

/**
 * The text as typed on an English keyboard: plain dashes, quotation marks, digits and widths, without
 * invisible characters. Keeps case, accents and white space.
 */
export function plain(text: string): string {
  const shown = visible(text);
  if (!/[^\0-\x7f]/.test(shown)) return shown;
  return SIGNS.reduce((rest, [signs, sign]) => rest.replace(signs, sign), shown)
    .normalize("NFKC")
    .replace(/[\u0660-\u0e59]/g, toDigit);
}

function toDigit(sign: string): string {
  const code = sign.charCodeAt(0);
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? sign : String(code - zero);
}
