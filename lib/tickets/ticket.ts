/** How an installation writes its tickets, and where they are; both empty where nobody has said. */
export type TicketSettings = {
  /** A regular expression that finds a ticket in a reason, before the usual spellings are looked for. */
  pattern: string;
  /** An address with `{ticket}` in the place of the ticket. */
  url: string;
};

const URL_TOKEN = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)]/y;
const NUMBER_TOKEN = /#\d{1,12}\b/y;
const KEY_TOKEN = /[A-Z][A-Z0-9]{1,9}-\d{1,10}\b/y;
/** With fewer digits it is as likely a count or a status: "in case 3 fail", "issue: 503 again". */
const BARE_TOKEN = /\d{4,12}(?![\w-]|[.,]\d)/y;

const WORD = /\b(?:ticket|case|issue|incident)s?\b/gi;
const AFTER_WORD = /[\s:(]{0,4}(?:(?:no|nr|number|id)\b[.:]?\s{0,2})?/iy;

/** Names of things that look like the key of a project. */
const NO_PROJECTS = new Set(
  `AES BASE BF CP COVID CPU CUDA CVE FP GMT GPT GPU GTX HTTP HTTPS IEC INT IP IPV ISO KOI LATIN MD
  RFC RSA RTX SHA SOC SSL TCP TLS UDP USB UTC UTF VRAM`.split(/\s+/),
);

/** What is kept of a ticket at most. */
const MOST = 300;

/**
 * A ticket as agents write it: `#4821`, `ZD-123`, or the address of one. Of several candidates the surest wins, and
 * of equally sure ones the first: what follows the word ticket; an address; a number of three digits or more; the key
 * of a project; a shorter number.
 * @param pattern of this installation's tickets, which wins over everything
 * @returns it as it was written, or null where the reason names none
 */
export function findTicket(reason: string, pattern = ""): string | null {
  return (
    findOwn(reason, pattern) ??
    findNamed(reason) ??
    /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)]/.exec(reason)?.[0] ??
    /(?<![\w&])#\d{3,12}\b/.exec(reason)?.[0] ??
    findKey(reason) ??
    /(?<![\w&])#\d{1,2}\b/.exec(reason)?.[0] ??
    null
  );
}

function findOwn(reason: string, pattern: string): string | undefined {
  const found = pattern === "" ? undefined : new RegExp(pattern, "u").exec(reason)?.[0];
  return found ? found.slice(0, MOST) : undefined;
}

function findNamed(reason: string): string | undefined {
  for (const { index, 0: word } of reason.matchAll(WORD)) {
    const gap = matchAt(AFTER_WORD, reason, index + word.length) ?? "";
    const at = index + word.length + gap.length;
    const key = matchAt(KEY_TOKEN, reason, at);
    if (key && isProject(key)) return key;
    const isApart = gap !== "";
    const named =
      matchAt(URL_TOKEN, reason, at) ??
      matchAt(NUMBER_TOKEN, reason, at) ??
      (isApart ? matchAt(BARE_TOKEN, reason, at) : undefined);
    if (named) return named;
  }
  return undefined;
}

const findKey = (reason: string): string | undefined =>
  reason.match(/\b[A-Z][A-Z0-9]{1,9}-\d{1,10}\b/g)?.find(isProject);

/** `H100-80` and `A10-24` are hardware; a project whose name has digits is believed from three digits on. */
function isProject(key: string): boolean {
  const [project = "", number = ""] = key.split("-");
  return !NO_PROJECTS.has(project) && (number.length >= 3 || /^[A-Z]+$/.test(project));
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
