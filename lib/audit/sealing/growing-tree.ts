import { hash } from "node:crypto";
import type { Head } from "./link";

/**
 * An incremental Merkle tree (RFC 9162) over the heads of all chains, for reading its root many times as they
 * grow. Recomputes only the paths of moved heads and everything to the right of a new organization.
 */
export class GrowingTree<Leaf = Head> {
  readonly #hashLeaf: (orgId: string, leaf: Leaf) => Buffer;
  readonly #orgIds: string[] = [];
  readonly #levels: Buffer[][] = [[]];
  /** Heads that have moved since the last root. */
  readonly #moved = new Map<string, Leaf>();
  readonly #indexes = new Map<string, number>();

  private constructor(hashLeaf: (orgId: string, leaf: Leaf) => Buffer) {
    this.#hashLeaf = hashLeaf;
  }

  static ofHeads(): GrowingTree {
    return new GrowingTree(hashHead);
  }

  /** A tree over arbitrary bytes, ordered by name. */
  static ofBytes(): GrowingTree<Buffer> {
    return new GrowingTree<Buffer>((_name, leaf) => hashLeaf(leaf));
  }

  move(orgId: string, head: Leaf): void {
    this.#moved.set(orgId, head);
  }

  /** The number of leaves at the last root. */
  get size(): number {
    return this.#orgIds.length;
  }

  /** @returns the root, in base64 */
  root(): string {
    this.#computeAgain(this.#settle());
    const top = this.#levels.at(-1)![0];
    return top ? top.toString("base64") : hash("sha256", "", "base64");
  }

  /** An organization's leaf index and inclusion proof, as of the last root. */
  placeOf(orgId: string): { index: number; path: string[] } | undefined {
    const index = this.#indexes.get(orgId);
    if (index === undefined) return undefined;
    const path = this.#levels.flatMap((nodes, level) => nodes[(index >> level) ^ 1]?.toString("hex") ?? []);
    return { index, path };
  }

  /**
   * Applies the moved heads.
   * @returns the indexes of changed leaves, in order
   */
  #settle(): number[] {
    const leaves = this.#levels[0]!;
    const added: string[] = [];
    let changed: number[] = [];
    for (const [orgId, head] of this.#moved) {
      const index = this.#indexes.get(orgId);
      if (index === undefined) {
        added.push(orgId);
        continue;
      }
      leaves[index] = this.#hashLeaf(orgId, head);
      changed.push(index);
    }
    if (added.length > 0) {
      const from = this.#insert(added);
      changed = changed.filter((index) => index < from);
      for (let index = from; index < leaves.length; index++) changed.push(index);
    }
    this.#moved.clear();
    return changed.sort((a, b) => a - b);
  }

  /** @returns the index of the first changed leaf */
  #insert(added: string[]): number {
    added.sort();
    const [leaves, orgIds] = [this.#levels[0]!, this.#orgIds];
    const first = added[0]!;
    let from = orgIds.length;
    while (from > 0 && orgIds[from - 1]! > first) from--;
    const [laterIds, laterLeaves] = [orgIds.splice(from), leaves.splice(from)];
    let [later, next] = [0, 0];
    while (later < laterIds.length || next < added.length) {
      const isNew = next < added.length && !(laterIds[later]! < added[next]!);
      const orgId = isNew ? added[next++]! : laterIds[later]!;
      leaves.push(isNew ? this.#hashLeaf(orgId, this.#moved.get(orgId)!) : laterLeaves[later++]!);
      this.#indexes.set(orgId, orgIds.push(orgId) - 1);
    }
    return from;
  }

  /** A node without a sibling moves up unchanged, as in the RFC's tree. */
  #computeAgain(changed: number[]): void {
    for (let level = 0; this.#levels[level]!.length > 1; level++) {
      const nodes = this.#levels[level]!;
      const parents = (this.#levels[level + 1] ??= []);
      const above: number[] = [];
      for (const index of changed) {
        const parent = index >> 1;
        if (above.at(-1) === parent) continue;
        above.push(parent);
        const [left, right] = [nodes[2 * parent]!, nodes[2 * parent + 1]];
        parents[parent] = right ? hashNode(left, right) : left;
      }
      changed = above;
    }
  }
}

const LEAF = Buffer.of(0);
const hashLeaf = (leaf: Buffer): Buffer => hash("sha256", Buffer.concat([LEAF, leaf]), "buffer");
const hashHead = (orgId: string, { sequence, hash: head }: Head): Buffer =>
  hashLeaf(Buffer.from(`${orgId} ${sequence} ${head}`, "utf8"));

const NODE = Buffer.of(1);
const hashNode = (left: Buffer, right: Buffer): Buffer =>
  hash("sha256", Buffer.concat([NODE, left, right]), "buffer");
