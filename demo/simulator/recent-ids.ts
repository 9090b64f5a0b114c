/** The ids that were seen lately; the oldest is forgotten for a new one, so that memory stays small. */
export class RecentIds {
  readonly #ids = new Set<string>();

  constructor(readonly most: number) {}

  /** @returns false for one that is remembered already */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.most) this.#ids.delete(this.#ids.values().next().value!);
    return true;
  }
}
