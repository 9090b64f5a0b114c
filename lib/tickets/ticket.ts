import { plain } from "@/lib/contract/text/plain";

/** How an installation writes its tickets, and their URL; empty if not configured. */
export type TicketSettings = {
  /** A regular expression for tickets, tried before the usual forms. */
  pattern: string;
  /** A URL with `{ticket}` as the placeholder. */
  url: string;
};

/** A URL in running text, Markdown or a chat's `<address|text>`, without its surroundings. */
const ADDRESS = /https?:\/\/[^\s<>"'、。|`{}[\]】》，；（）]*[^\s<>"'、。|`{}[\]】》，；（）.,;:!?)*]/i;
const ADDRESS_TOKEN = new RegExp(ADDRESS, "iy");
const NUMBER_TOKEN = /#\d{1,12}\b/y;
const KEY_TOKEN = /[A-Z][A-Z0-9]{1,9}-\d{1,10}\b/y;
/** Shorter numbers are as likely a count or a status: "in case 3 fail", "issue: 503 again". */
const BARE_TOKEN = /\d{4,12}(?![\w-]|[.,]\d)/y;

const WORD = /\b(?:ticket|case|issue|incident)s?\b/gi;
const AFTER_WORD = /[\s:(]{0,4}(?:(?:no|nr|number|id)\b[.:]?\s{0,2})?/iy;

/** Names that only look like a project key. */
const NO_PROJECTS = new Set(
  `AES BASE BF CP COVID CPU CUDA CVE FP GMT GPT GPU GTX HTTP HTTPS IEC INT IP IPV ISO KOI LATIN MD
  RFC RSA RTX SHA SOC SSL TCP TLS UDP USB UTC UTF VRAM`.split(/\s+/),
);

/** The longest ticket that is stored. */
const MOST = 300;

/** For longer texts, returns the ticket in plain form: mapping each character back would take too long. */
const MOST_PLACED = 10_000;

type Found = { text: string; at: number };

/**
 * Finds the ticket in a reason: `#4821`, `ZD-123`, or its URL. The most likely candidate wins, and among
 * equals the first: after the word "ticket"; a URL; a number of three digits or more; a project key; a
 * shorter number. Matches the plain form, so that characters of any keyboard work.
 * @param pattern of this installation's tickets; takes precedence
 * @returns the ticket as written, or null
 */
export function findTicket(reason: string, pattern = ""): string | null {
  const own = findFirst(patternOf(pattern), reason);
  if (own) return own.text.slice(0, MOST);
  const text = plain(reason);
  const found = findFirst(patternOf(pattern), text) ?? findUsual(text);
  if (!found) return null;
  return (text === reason ? found.text : asWritten(reason, found)).slice(0, MOST);
}

/** @returns the original text behind a match in its plain form */
function asWritten(reason: string, { text, at }: Found): string {
  if (reason.length > MOST_PLACED) return text;
  let [start, place, length] = [0, 0, 0];
  // By grapheme, because a combining accent belongs to its letter's plain form.
  for (const { segment } of new Intl.Segmenter().segment(reason)) {
    if (length <= at) start = place;
    if (length >= at + text.length) break;
    place += segment.length;
    length += plain(segment).length;
  }
  return reason.slice(start, place);
}

const patternOf = (pattern: string): RegExp | undefined =>
  pattern === "" ? undefined : new RegExp(pattern, "u");

const findUsual = (text: string): Found | undefined =>
  findNamed(text) ??
  findFirst(ADDRESS, text) ??
  findFirst(/(?<![\w&])#\d{3,12}\b/, text) ??
  findKey(text) ??
  findFirst(/(?<![\w&])#\d{1,2}\b/, text);

function findNamed(reason: string): Found | undefined {
  for (const { index, 0: word } of reason.matchAll(WORD)) {
    const gap = matchAt(AFTER_WORD, reason, index + word.length) ?? "";
    const at = index + word.length + gap.length;
    const key = matchAt(KEY_TOKEN, reason, at);
    if (key && isProject(key)) return { text: key, at };
    const isApart = gap !== "";
    const named =
      matchAt(ADDRESS_TOKEN, reason, at) ??
      matchAt(NUMBER_TOKEN, reason, at) ??
      (isApart ? matchAt(BARE_TOKEN, reason, at) : undefined);
    if (named) return { text: named, at };
  }
  return undefined;
}

function findKey(reason: string): Found | undefined {
  for (const { index, 0: text } of reason.matchAll(/\b[A-Z][A-Z0-9]{1,9}-\d{1,10}\b/g))
    if (isProject(text)) return { text, at: index };
  return undefined;
}

/** An empty match is not a ticket. */
function findFirst(pattern: RegExp | undefined, text: string): Found | undefined {
  const match = pattern?.exec(text);
  return match?.[0] ? { text: match[0], at: match.index } : undefined;
}

/** `H100-80` and `A10-24` are hardware, so a project name with digits needs a number of three digits. */
function isProject(key: string): boolean {
  const [project = "", number = ""] = key.split("-");
  return !NO_PROJECTS.has(project) && (number.length >= 3 || /^[A-Z]+$/.test(project));
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
