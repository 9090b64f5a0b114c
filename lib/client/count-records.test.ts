import { expect, test } from "vitest";
import { RecordCounter } from "./count-records";

test.each([
  ["csv", 'a,b\r\n1,"x ""y"", \r\nz"\r\n"\n\n",2\r\n', 3],
  ["ndjson", '{"a":"\\"x"}\n{"a":"\\n"}\n', 2],
  ["ndjson", "", 0],
] as const)("count records: %s, for any split into chunks: %j", (format, text, expected) => {
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 3, 1_000]) {
    const counter = new RecordCounter(format);
    for (let at = 0; at < bytes.length; at += size) counter.add(bytes.subarray(at, at + size));
    expect(counter.records).toBe(expected);
  }
});
