/** In valid JSON, a string before a colon is a name; any other is a value. */
const NAME = /"(?:[^"\\]|\\.)*"[ \t\r]*:/g;

/**
 * Parses a line of a file as JSON.
 * @returns undefined for invalid JSON, and for duplicate keys, because programs disagree on which one counts
 */
export function parseLine(line: string): unknown {
  try {
    const json: unknown = JSON.parse(line);
    return countNames(JSON.stringify(json)) === countNames(line) ? json : undefined;
  } catch {
    return undefined;
  }
}

const countNames = (text: string): number => text.match(NAME)?.length ?? 0;
