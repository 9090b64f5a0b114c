/** Deeper than any sane body, and shallow enough for every JSON library that will read it. */
export const MAX_JSON_DEPTH = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `[` and `{`; their closing brackets have codes two higher. */
const OPEN = [0x5b, 0x7b];
const CLOSE = [0x5d, 0x7d];

/**
 * Whether JSON text nests deeper than the limit. Checked before parsing, because recursive parsers overflow
 * the stack, at depths that differ between processes and PostgreSQL.
 */
export function isTooDeep(text: string, limit = MAX_JSON_DEPTH): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (CLOSE.includes(code)) depth--;
    else if (OPEN.includes(code) && ++depth > limit) return true;
  }
  return false;
}
