import { isUtf8 } from "node:buffer";

const NEW_LINE = 0x0a;
/** An export's last line has a path per organization: about ten megabytes for ten thousand. */
const LONGEST_LINE = 256 * 1024 * 1024;

/** The source was cut off; the message says where. */
export class BrokenOff extends Error {}

/**
 * Splits a byte stream into lines, in batches. A line that isn't UTF-8 becomes empty, because lenient
 * decoding could turn a changed line back into the original.
 * @throws BrokenOff if the last line is incomplete, or a line is endless
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
