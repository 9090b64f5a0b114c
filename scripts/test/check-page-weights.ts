import { weighPages } from "./weigh-pages";

/** First-load JavaScript of a page, compressed. */
export const LIMIT_KB = 165;

/**
 * Prints each page's weight.
 * @returns whether all are within the limit
 */
export async function checkPageWeights(distDir: string): Promise<boolean> {
  const weights = await weighPages(distDir);
  const kB = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  say(`First-load JavaScript of each page, compressed; at most ${LIMIT_KB} kB:`);
  for (const { page, bytes } of weights) say(`  ${kB(bytes).padStart(9)}  ${page}`);
  const heavy = weights.filter(({ bytes }) => bytes > LIMIT_KB * 1_000);
  for (const { page, bytes } of heavy) {
    say(
      `${page} loads ${kB(bytes)} of JavaScript; the limit is ${LIMIT_KB} kB. Load dialogs and menus on demand with latePart or lazyDialog.`,
    );
  }
  return heavy.length === 0;
}
