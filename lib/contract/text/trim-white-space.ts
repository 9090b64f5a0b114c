const WHITE_SPACE = /[\s\p{White_Space}]/u;

/** Also trims U+0085, which `trim()` keeps. Takes linear time. */
export function trimWhiteSpace(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && WHITE_SPACE.test(text[start]!)) start++;
  while (end > start && WHITE_SPACE.test(text[end - 1]!)) end--;
  return text.slice(start, end);
}
