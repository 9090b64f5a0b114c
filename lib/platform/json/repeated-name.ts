const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** An open object with its names so far, or an open array (`names` is null). */
type Level = { names: Set<string> | null; at: string | number };

/**
 * Finds the first duplicate key. `JSON.parse` silently keeps the last value and other parsers the first, so
 * two readers of one body would disagree. Compares decoded names: `"re\u0061son"` is `"reason"`.
 * @param text valid JSON
 * @returns the path of the second occurrence, or undefined
 */
export function findRepeatedName(text: string): (string | number)[] | undefined {
  const levels: Level[] = [];
  let level: Level | undefined;
  let string = { start: 0, end: 0 };
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        string = { start: at, end: endOfString(text, at) };
        at = string.end - 1;
        break;
      case COLON: {
        const name = readString(text.slice(string.start, string.end));
        level!.at = name;
        if (level!.names!.has(name)) return levels.map(({ at: step }) => step);
        level!.names!.add(name);
        break;
      }
      case COMMA:
        if (level && level.names === null) level.at = Number(level.at) + 1;
        break;
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        level = { names: text.charCodeAt(at) === OPEN_OBJECT ? new Set() : null, at: 0 };
        levels.push(level);
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        levels.pop();
        level = levels.at(-1);
        break;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

const readString = (literal: string): string =>
  literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1);
