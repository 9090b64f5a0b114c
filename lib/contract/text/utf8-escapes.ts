/**
 * Matches percent escapes that are valid UTF-8. Catching an exception for each of thousands of invalid ones
 * would take seconds.
 */
const UTF8 = [
  "%[0-7][0-9a-f]",
  "%(?:c[2-9a-f]|d[0-9a-f])%[89ab][0-9a-f]",
  "%e0%[ab][0-9a-f]%[89ab][0-9a-f]",
  "%e[1-9abcef](?:%[89ab][0-9a-f]){2}",
  "%ed%[89][0-9a-f]%[89ab][0-9a-f]",
  "%f0%[9ab][0-9a-f](?:%[89ab][0-9a-f]){2}",
  "%f[1-3](?:%[89ab][0-9a-f]){3}",
  "%f4%8[0-9a-f](?:%[89ab][0-9a-f]){2}",
].join("|");

const RUNS = new RegExp(`(?:${UTF8})+`, "gi");
const WHOLE = new RegExp(`^(?:${UTF8})+$`, "i");

/** Whether a text consists only of such escapes. */
export const isUtf8Escapes = (text: string): boolean => WHOLE.test(text);

/** Decodes valid escapes and keeps malformed ones. */
export const decodeEscapes = (text: string): string => text.replace(RUNS, (run) => decodeURIComponent(run));
