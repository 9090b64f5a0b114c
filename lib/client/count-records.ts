import type { ExportFormat } from "@/lib/contract/audit";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Counts the records of a file while its bytes go by, the head of CSV and the last line of a proof among them. */
export class RecordCounter {
  records = 0;
  #isQuoted = false;

  constructor(private readonly format: ExportFormat) {}

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      // A text in quotes may have lines of its own; a quote within it is written twice.
      if (byte === QUOTE && this.format === "csv") this.#isQuoted = !this.#isQuoted;
      else if (byte === LINE_FEED && !this.#isQuoted) this.records++;
    }
  }
}
