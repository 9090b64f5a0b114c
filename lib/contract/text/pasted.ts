import { keyPrefix } from "@/lib/states/key";
import { PASTED_MAX } from "./pasted-max";
import { plain } from "./plain";
import { decodeEscapes } from "./utf8-escapes";
import { visible } from "./visible";

const MOST_FOUND = 50;

const HYPHENATED = /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/gi;
/** Underscores around it are Markdown's, unless they join it to a word, as in a key. */
const BARE = /(?<![0-9a-z]|[0-9a-z]_)[0-9a-f]{32}(?![0-9a-z]|_[0-9a-z])/gi;
const EMAIL =
  /(?<![^\s<>()[\]"',;:?&=/\\|%])(?:[^\s<>()[\]"',;:?&=/\\|%@]|(?<=[\p{L}\d])['&](?=[\p{L}\d])){1,64}@[^\s<>()[\]"',;:?&=/\\|%]*[^\s<>()[\]"',;:?&=/\\|%.]/gu;
const REQUEST_ID = /(?<![0-9a-z]|[0-9a-z]_)req_[0-9a-z]{20,40}(?![0-9a-z]|_[0-9a-z])/gi;

/** Each mail gateway that a link passes wraps it once more. */
const MOST_WRAPPED = 5;

/** A pasted text in its plain form, and with percent-encoding taken off as often as a link was wrapped. */
export function decodings(text: string): string[] {
  const found = [plain(text)];
  for (let times = 0; times < MOST_WRAPPED; times++) {
    const next = plain(decodeEscapes(found.at(-1)!));
    if (next === found.at(-1)) break;
    found.push(next);
  }
  return found;
}

/**
 * Those, and each with lines joined that a mail program broke: what ids and addresses are looked for in. The text as it was
 * written is among them, since a plain digit may come to stand beside an id: `①` and `²` become one.
 */
export const readings = (text: string): string[] => [
  ...new Set([
    ...decodings(text).flatMap((one) => [one, join(one), join(one).replace(BETWEEN_DIGITS, "")]),
    visible(text),
  ]),
];

/**
 * Quoted-printable ends a broken line with `=` and writes `=3D`, a shell with a backslash, flowed text with a space;
 * replies begin each line with `>`.
 */
const join = (text: string): string =>
  text
    .replace(/(?<![ \t])[ \t]*[=\\]?(?:\r\n?|[\n\v\f\x85\u2028\u2029])[\s>|│]*/g, "")
    .replace(/\\[nrt]/g, " ")
    .replaceAll("=3D", "=");

/** What is left of that where a box of one line has dropped the line breaks. */
const BETWEEN_DIGITS = /(?<=[0-9a-f-])(?:=|[\s|]*>[\s>|]*)(?=[0-9a-f-])/gi;

/** The uuids in the readings of a text, in lower case with hyphens: first those written so, then 32 bare digits. */
export const findIds = (texts: readonly string[]): string[] =>
  [
    ...new Set([
      ...find(HYPHENATED, texts),
      ...find(BARE, texts).map((id) => id.replace(/^(.{8})(....)(....)(....)/, "$1-$2-$3-$4-")),
    ]),
  ].slice(0, MOST_FOUND);

/** `Name <a@b.example>`, `mailto:a@b.example?subject=x` and the like, without what is around the address. */
export const findEmails = (texts: readonly string[]): string[] => find(EMAIL, texts);

export const findRequestIds = (texts: readonly string[]): string[] => find(REQUEST_ID, texts);

/** What is found in any of the texts, in lower case, once each. */
export const find = (pattern: RegExp, texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => text.match(pattern) ?? []).map((match) => match.toLowerCase())),
];

const ONLY_ID =
  /^\s*(?:run[-_ ]|urn:uuid:|["'<{(])*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})["'>})]*\s*$/i;

/** @returns the id, in lower case as the API writes it, when the text is one and nothing else */
export const readId = (text: string): string | undefined =>
  text.length < 200 ? ONLY_ID.exec(plain(text))?.[1]?.toLowerCase() : undefined;

/** Whether there is an id in the text, such as in a link or in a ticket's sentence. */
export const containsId = (text: string): boolean => readings(text).some(hasId);

const hasId = (text: string): boolean => text.search(HYPHENATED) >= 0 || text.search(BARE) >= 0;

/** What is said of a text of which `shorten` leaves nothing. */
export const TOO_LONG =
  "This text is too long to look up, and no id was found in it. Paste only an id, a name or a reference.";

const WHOLE_KEY = /\brf_(?:live|svc)_[0-9A-Za-z]{5,}/g;

/**
 * What to look up of a pasted text. An address is no place for a whole key, so only its prefix is sent.
 * @returns the text; of one that is too long the ids in it; undefined when it has none
 */
export function shorten(text: string): string | undefined {
  const trimmed = text.trim().replace(WHOLE_KEY, keyPrefix);
  if (trimmed.length <= PASTED_MAX) return trimmed;
  // Megabytes are read in every way only where the plainest finds nothing.
  const texts = hasId(trimmed) ? [trimmed] : readings(trimmed);
  return [...findIds(texts), ...findRequestIds(texts).slice(0, MOST_FOUND)].join(" ") || undefined;
}
