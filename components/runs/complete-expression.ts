import { ABOUT_METADATA, FIELD_NAMES, FIELDS, METADATA } from "@/lib/states/run-fields";
import { foldText } from "@/lib/contract/text/fold";

export type Choice = { value: string; label: string };

/** The values of fields with few values. */
export type KnownValues = Partial<Record<string, readonly Choice[]>>;

export type Suggestion = {
  /** Replaces the text from `from` to `to`. */
  insert: string;
  label: string;
  about?: string;
  from: number;
  to: number;
  /** Whether a value follows immediately. */
  isOpen: boolean;
};

const MOST = 50;
const VALUE = /(?:^|[\s(])([A-Za-z_]+)(?:\.(?:eq|ne))?\s*[:=]\s*(?:(["'])((?:(?!\2).)*)|([^\s"'()<>=]*))$/;
const NAME = /(?:^|[\s(])([A-Za-z_]+)$/;
const BARE = /^[^\s()"'<>=\\]+$/;
const KEYWORDS = ["AND", "OR", "NOT"];

/** Suggestions at the caret: values after a field with few values, otherwise fields and keywords. */
export function completeExpression(text: string, caret: number, known: KnownValues): Suggestion[] {
  const before = text.slice(0, caret);
  const value = VALUE.exec(before);
  if (value) return completeValue(text, caret, value, known);
  const [, typed] = NAME.exec(before) ?? [];
  return typed ? completeName(text, caret, typed) : [];
}

function completeValue(
  text: string,
  caret: number,
  [, field = "", quote = "", quoted, bare = ""]: RegExpExecArray,
  known: KnownValues,
): Suggestion[] {
  const typed = quoted ?? bare;
  const wanted = foldText(typed);
  const choices = (Object.hasOwn(known, field) ? known[field]! : []).filter(({ value, label }) =>
    [value, label].some((name) => foldText(name).includes(wanted)),
  );
  // A complete word needs no suggestion.
  if (choices.some(({ value }) => value === typed)) return [];
  const from = caret - typed.length - quote.length;
  const to = caret + restOf(text.slice(caret), quote);
  return choices.slice(0, MOST).map(({ value, label }) => ({
    insert: BARE.test(value) ? value : `'${value.replaceAll(/['\\]/g, "\\$&")}'`,
    label,
    ...(label !== value && { about: value }),
    from,
    to,
    isOpen: false,
  }));
}

function completeName(text: string, caret: number, typed: string): Suggestion[] {
  const from = caret - typed.length;
  const to = caret + restOf(text.slice(caret), "");
  const operator = /^\s*[:=<>.]/.test(text.slice(to)) ? "" : ":";
  const isWanted = (name: string) => name !== typed && name.toLowerCase().startsWith(typed.toLowerCase());
  const fields = FIELD_NAMES.filter(isWanted).map((field) => ({
    insert: `${field}${operator}`,
    label: field,
    about: FIELDS[field].about,
    from,
    to,
    isOpen: true,
  }));
  const metadata = {
    insert: `${METADATA}.`,
    label: `${METADATA}.<key>`,
    about: ABOUT_METADATA,
    from,
    to,
    isOpen: false,
  };
  const keywords = KEYWORDS.filter(isWanted).map((word) => ({
    insert: `${word} `,
    label: word,
    from,
    to,
    isOpen: false,
  }));
  return [...keywords, ...fields, ...(isWanted(METADATA) ? [metadata] : [])];
}

/** The length of the rest of the word at the caret, including its closing quotation mark. */
function restOf(after: string, quote: string): number {
  const word = /^[^\s"'()<>=:]*/.exec(after)![0].length;
  return quote && after[word] === quote ? word + 1 : word;
}
