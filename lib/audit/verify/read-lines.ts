const NEW_LINE = 0x0a;
/** The last line of an export names a path for each organization: of ten thousand, some ten megabytes. */
const LONGEST_LINE = 256 * 1024 * 1024;

/** The last line came without its end: what it was read from was cut off. */
export class CutOff extends Error {}

/**
 * The lines of a stream of bytes, in portions as they come.
 * @throws CutOff when the last line doesn't end, or a line never does
 */
export async function* readLines(source: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  for await (const chunk of source) {
    const end = chunk.lastIndexOf(NEW_LINE);
    if (end === -1) {
      kept.push(chunk);
      keptBytes += chunk.length;
      if (keptBytes > LONGEST_LINE) throw new CutOff("a line never ends");
      continue;
    }
    const whole = Buffer.concat([...kept, chunk.subarray(0, end)]).toString("utf8");
    const rest = chunk.subarray(end + 1);
    [kept, keptBytes] = [[rest], rest.length];
    yield whole.split("\n");
  }
  if (keptBytes > 0) throw new CutOff("the last line doesn't end");
}
