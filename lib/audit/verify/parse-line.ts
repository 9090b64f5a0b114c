/** In valid JSON, a text before a colon is a name, and any other a value. */
const NAME = /"(?:[^"\\]|\\.)*"[ \t\r]*:/g;

/**
 * Parses a line of a file as JSON.
 * @returns undefined for invalid JSON and for duplicate keys, of which programs would read different ones
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
