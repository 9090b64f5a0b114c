/** In valid JSON, a text before a colon is a name, and every other one is a value. */
const NAME = /"(?:[^"\\]|\\.)*"[ \t\r]*:/g;

/**
 * A line of a file as JSON.
 * @returns undefined for what is none, or has a name twice in one object: of the two, one program would check the one and
 * another show the other
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
