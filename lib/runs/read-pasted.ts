import { decodings, find, findEmails, findIds, findRequestIds, readings } from "@/lib/contract/text/pasted";
import { decodeEscapes } from "@/lib/contract/text/utf8-escapes";
import { visible } from "@/lib/contract/text/visible";

/** The look-behind keeps it from trying again within a run of such characters. */
const ENDS = /^[\s"'“„”«»‘‚’‹›「『<({[]+|(?<![\s"'“”«»‘’‹›」』>)}\],;.:!?])[\s"'“”«»‘’‹›」』>)}\],;.:!?]+$/g;
/** The longest client ref. */
const LONGEST_REF = 255;

/** The possible meanings of a pasted text, before any query. */
export type Pasted = {
  /** The text without characters that no run can contain. */
  text: string;
  /** The same, without invisible characters. */
  shown: string;
  /** In lower case, with hyphens. */
  ids: string[];
  /** Ids written without hyphens; they may also be the digits of a request id or client ref. */
  bareIds: string[];
  requestIds: string[];
  emails: string[];
  /** The whole text as a name, without surrounding punctuation; the likeliest reading first. */
  names: string[];
  /** The spellings that a stored client ref may have. */
  refs: string[];
  hasLink: boolean;
};

export function readPasted(given: string): Pasted {
  const text = given.replaceAll("\0", "").toWellFormed().trim();
  const [texts, names] = [readings(text), decodings(text)];
  const shown = visible(text).trim();
  const written = [text, shown, decodeEscapes(shown), ...names];
  const refs = [...written, ...written.map(unquote)].flatMap((ref) => {
    const trimmed = ref.trim();
    return [trimmed, trimmed.normalize("NFC"), trimmed.normalize("NFD")];
  });
  const hyphenated = find(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, texts);
  const ids = findIds(texts);
  return {
    text,
    shown,
    ids,
    bareIds: ids.filter((id) => !hyphenated.includes(id)),
    requestIds: findRequestIds(texts),
    emails: findEmails(texts),
    names: [...new Set(names.map(unquote))].filter(Boolean),
    refs: [...new Set(refs)].filter((ref) => ref !== "" && ref.length <= LONGEST_REF),
    hasLink: names.some((name) => /(?:^|\W)(?:[a-z][a-z0-9+.-]{0,30}:\/\/|www\.)\S/i.test(name)),
  };
}

const unquote = (text: string): string => text.replace(ENDS, "").replace(/^mailto:/i, "");
