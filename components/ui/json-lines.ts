/** One line of JSON that is indented by two spaces per level. */
export type JsonLine = {
  text: string;
  /** The closing line's number; undefined if this line opens nothing. */
  closesAt?: number;
};

/** @param text indented, as by `JSON.stringify` */
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

/** @returns the numbers of the visible lines while some are folded */
export function unfoldedLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): number[] {
  const seen: number[] = [];
  for (let index = 0; index < lines.length; index++) {
    seen.push(index);
    if (folded.has(index)) index = lines[index]!.closesAt ?? index;
  }
  return seen;
}

/** @returns the numbers of the lines that contain a text, ignoring case; none for an empty one */
export function findLines(lines: readonly JsonLine[], wanted: string): number[] {
  const text = wanted.toLowerCase();
  if (text === "") return [];
  return lines.flatMap((line, index) => (line.text.toLowerCase().includes(text) ? [index] : []));
}

/** @returns the folded lines, except those that hide a given line */
export const unfoldTo = (
  lines: readonly JsonLine[],
  folded: ReadonlySet<number>,
  line: number,
): ReadonlySet<number> =>
  new Set([...folded].filter((start) => !(start < line && line <= (lines[start]?.closesAt ?? start))));
