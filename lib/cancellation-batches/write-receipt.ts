import { Readable } from "node:stream";
import { stringify } from "csv-stringify/sync";
import { ReceiptLine } from "@/lib/contract/cancellation-batches";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";
import { readBatch } from "./get-batch";

export type Receipt = {
  mediaType: "text/csv" | "application/x-ndjson";
  fileName: string;
  body: ReadableStream<Uint8Array>;
};

/** Rows per read, and in memory. */
const AT_ONCE = 2_000;

/**
 * Streams every run of a batch that is not excluded, by id, as fast as the client takes it.
 * @throws Refusal CANCELLATION_BATCH_NOT_FOUND
 */
export async function writeReceipt(
  db: Db,
  reach: Reach,
  batchId: string,
  format: "csv" | "ndjson",
): Promise<Receipt> {
  const { id } = await readBatch(db, reach, batchId);
  const encoder = new TextEncoder();
  const lines = format === "csv" ? toCsv : toNdjson;
  async function* write() {
    if (format === "csv") yield encoder.encode(`${COLUMNS.join(",")}\r\n`);
    for await (const rows of readItems(db, id)) yield encoder.encode(lines(rows));
  }
  return {
    mediaType: format === "csv" ? "text/csv" : "application/x-ndjson",
    fileName: `cancellation-${id}.${format}`,
    body: Readable.toWeb(Readable.from(write())) as ReadableStream<Uint8Array>,
  };
}

const COLUMNS = Object.keys(ReceiptLine.shape) as (keyof ReceiptLine)[];

const toCsv = (rows: ReceiptLine[]): string =>
  stringify(
    rows.map((row) => COLUMNS.map((column) => row[column])),
    { record_delimiter: "\r\n", escape_formulas: true },
  );
const toNdjson = (rows: ReceiptLine[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

type Row = Omit<ReceiptLine, "settled_at"> & { settled_at: Date | null };

async function* readItems(db: Db, batchId: string): AsyncGenerator<ReceiptLine[]> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const rows = await db.$queryRaw<Row[]>`
      SELECT i.run_id, i.org_id, o.name AS customer, r.model, i.outcome, i.entry_id, i.settled_at
      FROM (
        SELECT * FROM cancellation_items
        WHERE batch_id = ${batchId}::uuid AND NOT is_excluded AND run_id > ${after}::uuid ORDER BY run_id LIMIT ${AT_ONCE}) i
      LEFT JOIN organizations o ON o.id = i.org_id
      LEFT JOIN runs r ON r.id = i.run_id AND i.org_id IS NOT NULL
      ORDER BY i.run_id`;
    if (rows.length > 0) yield rows.map(toLine);
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.run_id;
  }
}

const toLine = (row: Row): ReceiptLine => ({
  ...row,
  settled_at: row.settled_at && formatTimestamp(row.settled_at),
});
