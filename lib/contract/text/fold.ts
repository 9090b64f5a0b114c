import { plain } from "./plain";

/** Accents, and Hebrew and Arabic points, but not vowel signs of scripts that are unreadable without them. */
const ACCENTS = new RegExp(
  String.raw`[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f]` +
    String.raw`|[\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]`,
  "g",
);
const LETTERS: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ø: "o",
  đ: "d",
  ł: "l",
  ı: "i",
  ħ: "h",
  ς: "σ",
};

/**
 * Folds a text, so that case, accents, widths, dashes, quotation marks, white space and invisible characters
 * don't matter. Equals the database's `fold_text`; a test compares them for every character.
 */
export const foldText = (text: string): string =>
  plain(text)
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .toLowerCase()
    .replace(/[ßæœþøđłıħς]/g, (letter) => LETTERS[letter]!)
    .normalize("NFC")
    .replace(/[\s\x85]+/g, " ")
    .trim();

/**
 * Folds a text and doubles each Chinese, Japanese or Korean character, so that a trigram index finds
 * two-character words. Equals the database's `search_text`.
 */
export const searchText = (text: string): string => foldText(text).replace(DENSE, "$&$&");

const DENSE = /[々-〇\u3040-\u30ff\u31f0-\u31ff㐀-䶿一-鿿가-힣\u{20000}-\u{323af}]/gu;
