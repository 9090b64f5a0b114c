/** A line of JSON that was laid out with two spaces a level. */
export type JsonLine = {
  text: string;
  /** Of the line that closes what this one opens; undefined where it opens nothing. */
  closesAt?: number;
};

/** @param text laid out, as `JSON.stringify` does with an indent */
export function splitJson(text: string): JsonLine[] {
  const lines: JsonLine[] = text.split("\n").map((line) => ({ text: line }));
  const open: JsonLine[] = [];
  lines.forEach((line, index) => {
    if (/^\s*[\]}],?$/.test(line.text)) {
      const opened = open.pop();
      if (opened) opened.closesAt = index;
    } else if (/[[{]$/.test(line.text)) open.push(line);
  });
  return lines;
}

/** @returns the numbers of the lines that are seen while some are folded */
export function unfoldedLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): number[] {
  const seen: number[] = [];
  for (let index = 0; index < lines.length; index++) {
    seen.push(index);
    if (folded.has(index)) index = lines[index]!.closesAt ?? index;
  }
  return seen;
}

/** @returns the numbers of the lines that contain a text, in upper or lower case; none for an empty one */
export function findLines(lines: readonly JsonLine[], wanted: string): number[] {
  const text = wanted.toLowerCase();
  if (text === "") return [];
  return lines.flatMap((line, index) => (line.text.toLowerCase().includes(text) ? [index] : []));
}

/** @returns the folded lines without those that hide a line */
export const unfoldTo = (
  lines: readonly JsonLine[],
  folded: ReadonlySet<number>,
  line: number,
): ReadonlySet<number> =>
  new Set([...folded].filter((start) => !(start < line && line <= (lines[start]?.closesAt ?? start))));
