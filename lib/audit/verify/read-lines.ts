import { isUtf8 } from "node:buffer";

const NEW_LINE = 0x0a;
/** The last line of an export names a path for each organization: of ten thousand, some ten megabytes. */
const LONGEST_LINE = 256 * 1024 * 1024;

/** What it is read from was cut off. The message says how that shows. */
export class BrokenOff extends Error {}

/**
 * The lines of a stream of bytes, in portions as they come. A line that is no UTF-8 is empty: a program that passes over its
 * faults would take it for the line that it once was.
 * @throws BrokenOff when the last line doesn't end, or a line never does
 */
export async function* readLines(source: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  for await (const chunk of source) {
    const end = chunk.lastIndexOf(NEW_LINE);
    if (end === -1) {
      kept.push(chunk);
      keptBytes += chunk.length;
      if (keptBytes > LONGEST_LINE) throw new BrokenOff("a line never ends");
      continue;
    }
    const whole = Buffer.concat([...kept, chunk.subarray(0, end)]);
    const rest = chunk.subarray(end + 1);
    [kept, keptBytes] = [[rest], rest.length];
    yield isUtf8(whole) ? whole.toString("utf8").split("\n") : splitFaulty(whole);
  }
  if (keptBytes > 0) throw new BrokenOff("the last line doesn't end");
}

const splitFaulty = (bytes: Buffer): string[] =>
  bytes
    .toString("latin1")
    .split("\n")
    .map((line) => Buffer.from(line, "latin1"))
    .map((line) => (isUtf8(line) ? line.toString("utf8") : ""));
