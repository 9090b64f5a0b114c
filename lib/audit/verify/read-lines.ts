import { isUtf8 } from "node:buffer";

const NEW_LINE = 0x0a;
/** The last line of an export names a path for each organization: of ten thousand, some ten megabytes. */
const LONGEST_LINE = 256 * 1024 * 1024;

/** What it is read from doesn't go on: it was cut off, or is no text from here on. The message says which. */
export class BrokenOff extends Error {}

/**
 * The lines of a stream of bytes, in portions as they come.
 * @throws BrokenOff when the last line doesn't end, a line never does, or has bytes that are no UTF-8: a program that
 * passes over these would take it for the line that it once was
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
    if (!isUtf8(whole)) {
      yield whole.toString("utf8").split("\n").slice(0, lineOfFault(whole));
      throw new BrokenOff("the next line is no UTF-8");
    }
    yield whole.toString("utf8").split("\n");
  }
  if (keptBytes > 0) throw new BrokenOff("the last line doesn't end");
}

/** Which line, counted from 0, is the first that is no UTF-8; no sign of several bytes has a line's end among them. */
function lineOfFault(bytes: Buffer): number {
  let line = 0;
  for (let from = 0; ; line++) {
    const end = bytes.indexOf(NEW_LINE, from);
    if (!isUtf8(bytes.subarray(from, end === -1 ? undefined : end))) return line;
    from = end + 1;
  }
}
