import { keyPrefix } from "@/lib/states/key";
import { PASTED_MAX } from "./pasted-max";
import { plain } from "./plain";
import { decodeEscapes } from "./utf8-escapes";
import { visible } from "./visible";

const MOST_FOUND = 50;

const HYPHENATED = /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/gi;
/** Underscores around it are Markdown, unless they join it to a word, as in a key. */
const BARE = /(?<![0-9a-z]|[0-9a-z]_)[0-9a-f]{32}(?![0-9a-z]|_[0-9a-z])/gi;
const EMAIL =
  /(?<![^\s<>()[\]"',;:?&=/\\|%])(?:[^\s<>()[\]"',;:?&=/\\|%@]|(?<=[\p{L}\d])['&](?=[\p{L}\d])){1,64}@[^\s<>()[\]"',;:?&=/\\|%]*[^\s<>()[\]"',;:?&=/\\|%.]/gu;
const REQUEST_ID = /(?<![0-9a-z]|[0-9a-z]_)req_[0-9a-z]{20,40}(?![0-9a-z]|_[0-9a-z])/gi;

/** Every mail gateway that a link passes wraps it once more. */
const MOST_WRAPPED = 5;

/** The plain text, and its percent-decoded forms, one for each time that the link was wrapped. */
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
 * The decodings, each also with broken lines rejoined, to search for ids and emails. Includes the text as
 * written, because `plain` can put a digit next to an id: `①` and `²` become 1 and 2.
 */
export const readings = (text: string): string[] => [
  ...new Set([
    ...decodings(text).flatMap((one) => [one, join(one), join(one).replace(BETWEEN_DIGITS, "")]),
    visible(text),
  ]),
];

/**
 * Quoted-printable ends a broken line with `=` and writes `=3D`, a shell uses a backslash, flowed text a
 * space; replies start each line with `>`.
 */
const join = (text: string): string =>
  text
    .replace(/(?<![ \t])[ \t]*[=\\]?(?:\r\n?|[\n\v\f\x85\u2028\u2029])[\s>|│]*/g, "")
    .replace(/\\[nrt]/g, " ")
    .replaceAll("=3D", "=");

/** The same, after a single-line box has dropped the line breaks. */
const BETWEEN_DIGITS = /(?<=[0-9a-f-])(?:=|[\s|]*>[\s>|]*)(?=[0-9a-f-])/gi;

/** The uuids in a text's readings, in lower case with hyphens: hyphenated ones first, then 32 bare digits. */
export const findIds = (texts: readonly string[]): string[] =>
  [
    ...new Set([
      ...find(HYPHENATED, texts),
      ...find(BARE, texts).map((id) => id.replace(/^(.{8})(....)(....)(....)/, "$1-$2-$3-$4-")),
    ]),
  ].slice(0, MOST_FOUND);

/** The emails in `Name <a@b.example>`, `mailto:a@b.example?subject=x` and the like. */
export const findEmails = (texts: readonly string[]): string[] => find(EMAIL, texts);

export const findRequestIds = (texts: readonly string[]): string[] => find(REQUEST_ID, texts);

/** All matches in all texts, in lower case, without repeats. */
export const find = (pattern: RegExp, texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => text.match(pattern) ?? []).map((match) => match.toLowerCase())),
];

const ONLY_ID =
  /^\s*(?:run[-_ ]|urn:uuid:|["'<{(])*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})["'>})]*\s*$/i;

/** @returns the id in lower case if the text is exactly an id */
export const readId = (text: string): string | undefined =>
  text.length < 200 ? ONLY_ID.exec(plain(text))?.[1]?.toLowerCase() : undefined;

/** Whether the text contains an id, as in a link or a sentence. */
export const containsId = (text: string): boolean => readings(text).some(hasId);

const hasId = (text: string): boolean => text.search(HYPHENATED) >= 0 || text.search(BARE) >= 0;

/** Shown when `shorten` finds nothing to send. */
export const TOO_LONG =
  "This text is too long, and no id was found in it. Paste only an id, a name or a client ref.";

const WHOLE_KEY = /\brf_(?:live|svc)_[0-9A-Za-z]{5,}/g;

/**
 * What to send of a pasted text. A whole key must not get into a URL, so this keeps only its prefix.
 * @returns the text, or only the ids in a text that is too long; undefined when it has none
 */
export function shorten(text: string): string | undefined {
  const trimmed = text.trim().replace(WHOLE_KEY, keyPrefix);
  if (trimmed.length <= PASTED_MAX) return trimmed;
  // A huge text: tries all readings only if the plain one finds nothing.
  const texts = hasId(trimmed) ? [trimmed] : readings(trimmed);
  return [...findIds(texts), ...findRequestIds(texts).slice(0, MOST_FOUND)].join(" ") || undefined;
}
