import { hash } from "node:crypto";
import type { Head } from "./link";

/**
 * The tree of RFC 9162 over the heads of all chains, whose root is asked for again and again as they grow. Only what has
 * changed since is computed again: a path for each head that moved, and all to the right of an organization that is new.
 */
export class GrowingTree<Leaf = Head> {
  readonly #hashLeaf: (orgId: string, leaf: Leaf) => Buffer;
  readonly #orgIds: string[] = [];
  readonly #levels: Buffer[][] = [[]];
  /** The heads that moved since the root was last asked for. */
  readonly #moved = new Map<string, Leaf>();
  readonly #indexes = new Map<string, number>();

  private constructor(hashLeaf: (orgId: string, leaf: Leaf) => Buffer) {
    this.#hashLeaf = hashLeaf;
  }

  static ofHeads(): GrowingTree {
    return new GrowingTree(hashHead);
  }

  /** Of leaves that are any bytes, each at its name's place. */
  static ofBytes(): GrowingTree<Buffer> {
    return new GrowingTree<Buffer>((_name, leaf) => hashLeaf(leaf));
  }

  move(orgId: string, head: Leaf): void {
    this.#moved.set(orgId, head);
  }

  /** How many leaves the tree had when its root was last asked for. */
  get size(): number {
    return this.#orgIds.length;
  }

  /** @returns the root, in base64 */
  root(): string {
    this.#computeAgain(this.#settle());
    const top = this.#levels.at(-1)![0];
    return top ? top.toString("base64") : hash("sha256", "", "base64");
  }

  /** Where an organization's leaf stands, and its inclusion proof, as of when the root was last asked for. */
  placeOf(orgId: string): { index: number; path: string[] } | undefined {
    const index = this.#indexes.get(orgId);
    if (index === undefined) return undefined;
    const path = this.#levels.flatMap((nodes, level) => nodes[(index >> level) ^ 1]?.toString("hex") ?? []);
    return { index, path };
  }

  /** Puts the heads that moved in their places. @returns the indexes of leaves that changed, in order */
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

  /** @returns from which index on the leaves are other ones than before */
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

  /** A node without a sibling stands for itself one level higher: that is the same tree as the one of the RFC. */
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
