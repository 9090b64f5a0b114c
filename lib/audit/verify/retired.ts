import type pg from "pg";
import type { Link } from "@/lib/audit/sealing/link";
import { Archive } from "./archive";
import type { Findings } from "./finding";
import { place } from "./trail-check";

/** A retired month as recorded, and how much of it was found missing. */
type Month = {
  entries: number;
  firstPosition: number;
  lastPosition: number;
  fileHash: string;
  /** Whether its audit entry exists, or itself belongs to a retired month, where nobody searches for it. */
  isAnnounced: boolean;
  seen: number;
  first: Link | undefined;
  last: Link | undefined;
};

type Row = {
  month: string;
  entries: string;
  first_position: string;
  last_position: string;
  file_hash: string;
  is_announced: boolean;
};

/** Such an entry is sealed or waiting for its seal, and is checked like any other. */
const RETIREMENTS = `
  SELECT to_char(r.month, 'YYYY-MM') AS month, r.entries, r.first_position, r.last_position,
    encode(r.file_sha256, 'hex') AS file_hash,
    EXISTS (SELECT FROM audit_entries e WHERE e.action = 'audit.month_retired' AND e.meta @> jsonb_build_object(
      'month', to_char(r.month, 'YYYY-MM'), 'entries', r.entries, 'first_position', r.first_position,
      'last_position', r.last_position, 'file_sha256', encode(r.file_sha256, 'hex'), 'checkpoint', r.checkpoint))
    OR EXISTS (SELECT FROM audit_retirements o WHERE o.month = date_trunc('month', r.retired_at)) AS is_announced
  FROM audit_retirements r`;

/** The months whose entries left the database, and their remains: seals and archives. */
export class Retired {
  /** How many entries were in no given archive. */
  unseen = 0;
  readonly #months: ReadonlyMap<string, Month>;
  readonly #archives: readonly Archive[];
  readonly #findings: Findings;

  private constructor(months: ReadonlyMap<string, Month>, archives: readonly Archive[], findings: Findings) {
    this.#months = months;
    this.#archives = archives;
    this.#findings = findings;
  }

  /** @throws VerificationError when an archive can't be read */
  static async open(client: pg.Client, files: readonly string[], findings: Findings): Promise<Retired> {
    const { rows } = await client.query<Row>(RETIREMENTS);
    const months = rows.map((row): [string, Month] => [
      row.month,
      {
        entries: Number(row.entries),
        firstPosition: Number(row.first_position),
        lastPosition: Number(row.last_position),
        fileHash: row.file_hash,
        isAnnounced: row.is_announced,
        seen: 0,
        first: undefined,
        last: undefined,
      },
    ]);
    return new Retired(new Map(months), await Promise.all(files.map(Archive.open)), findings);
  }

  /**
   * Finds the text behind a seal's hash although its entry has left the database.
   * @param name the month that the seal names for its entry, such as `2026-11`
   * @returns undefined if no given archive has it, or it should not be missing
   */
  async findText(link: Link, name: string): Promise<string | undefined> {
    const month = this.#months.get(name);
    if (!month) {
      this.#findings.add({
        kind: "missing_entry",
        ...place(link),
        message: "its seal exists, but the entry is missing",
      });
      return undefined;
    }
    month.seen++;
    month.first ??= link;
    month.last = link;
    for (const archive of this.#archives) {
      const entry = await archive.find(link.position);
      if (entry) return entry.text;
    }
    this.unseen++;
    return undefined;
  }

  /**
   * Compares the missing entries with the retired ones: a month leaves as a whole, and its file never
   * changes.
   */
  async close(): Promise<void> {
    for (const [name, month] of this.#months) {
      const { entries, firstPosition, lastPosition, isAnnounced, seen, first, last } = month;
      if (!isAnnounced) {
        const message = `${name} is recorded as retired, but the trail has no entry about it`;
        this.#findings.add({ kind: "missing_entry", ...(first && place(first)), message });
      }
      if (seen === entries && first?.position === firstPosition && last?.position === lastPosition) continue;
      const recorded = `${entries} entries, positions ${firstPosition} to ${lastPosition}, are recorded as retired`;
      const message = `of ${name} ${recorded}, and ${seen} are missing`;
      this.#findings.add({ kind: "missing_entry", ...(first && place(first)), message });
    }
    const recorded = new Set([...this.#months.values()].map(({ fileHash }) => fileHash));
    for (const archive of this.#archives) {
      if (recorded.has(await archive.finish())) continue;
      const message = `${archive.file} is not the file that was written when a month was retired`;
      this.#findings.add({ kind: "edited", message });
    }
  }
}
