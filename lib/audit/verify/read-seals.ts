import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { readLines } from "./read-lines";
import { parseSealRow, type SealRow, SEALS_WITH_ENTRIES } from "./seal-rows";

/** Streams every seal with its entry, by position, in batches; holds only the current batch in memory. */
export async function* readSeals(client: pg.Client): AsyncGenerator<SealRow[]> {
  // Forces lookups by key; a plan from before the last ANALYZE would sort the whole trail.
  await client.query(
    "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_sort = off",
  );
  const rows = client.query(
    copyTo(`COPY (${SEALS_WITH_ENTRIES}) TO STDOUT (ENCODING 'UTF8')`, { highWaterMark: 1 << 18 }),
  );
  for await (const lines of readLines(rows)) yield lines.map(parseSealRow);
  await client.query(
    "SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on; SET LOCAL enable_sort = on",
  );
}
