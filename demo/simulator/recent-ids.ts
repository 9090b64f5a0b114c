/** The most recently seen IDs; new ones evict the oldest, so that memory stays small. */
export class RecentIds {
  readonly #ids = new Set<string>();

  constructor(readonly most: number) {}

  /** @returns false if it is already known */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > this.most) this.#ids.delete(this.#ids.values().next().value!);
    return true;
  }
}
