import type pg from "pg";
import type { Findings } from "./finding";
import type { Link } from "./trail-check";

/** The months whose entries were taken out of the database, and what is left of them: their seals, and their archives. */
export class Retired {
  /** How many entries were in none of the archives at hand. */
  unseen = 0;
  readonly #months: ReadonlySet<string>;

  private constructor(months: ReadonlySet<string>) {
    this.#months = months;
  }

  static async open(_client: pg.Client, _archives: readonly string[], _findings: Findings): Promise<Retired> {
    return new Retired(new Set());
  }

  /** @param month as `2026-11` */
  has(month: string): boolean {
    return this.#months.has(month);
  }

  async findText(_link: Link, _month: string): Promise<string | undefined> {
    this.unseen++;
    return undefined;
  }

  async close(): Promise<void> {}
}
