import type { ExportFormat } from "@/lib/contract/audit";

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Counts a file's records as its bytes stream by, including the CSV header and a proof's last line. */
export class RecordCounter {
  records = 0;
  #isQuoted = false;

  constructor(private readonly format: ExportFormat) {}

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      // Quoted text may contain line breaks; a quote inside it is doubled.
      if (byte === QUOTE && this.format === "csv") this.#isQuoted = !this.#isQuoted;
      else if (byte === LINE_FEED && !this.#isQuoted) this.records++;
    }
  }
}
