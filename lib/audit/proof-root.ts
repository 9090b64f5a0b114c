import { fromHex, toBase64 } from "./read-checkpoint";

/** A chain's head, and its place in a checkpoint's tree. */
export type ProvenHead = { org_id: string; sequence: number; hash: string; index: number; path: string[] };

/**
 * The root that a head's path leads to, as in RFC 9162, section 2.1.3.2.
 * @param size how many leaves the tree has
 * @returns base64; undefined for a path that fits no tree of that size
 */
export async function proofRoot(head: ProvenHead, size: number): Promise<string | undefined> {
  const leaf = `${head.org_id} ${head.sequence} ${head.hash}`;
  let node = await digest(Uint8Array.of(0), new TextEncoder().encode(leaf));
  let [index, last] = [head.index, size - 1];
  if (!Number.isSafeInteger(index) || index < 0 || index > last) return undefined;
  for (const step of head.path) {
    if (last === 0) return undefined;
    const isRight = index % 2 === 1 || index === last;
    const sibling = fromHex(step);
    node = isRight ? await digest(INNER, sibling, node) : await digest(INNER, node, sibling);
    if (isRight) while (index % 2 === 0 && index !== 0) [index, last] = [half(index), half(last)];
    [index, last] = [half(index), half(last)];
  }
  return last === 0 ? toBase64(node) : undefined;
}

const INNER = Uint8Array.of(1);
const half = (number: number): number => Math.floor(number / 2);

async function digest(...parts: Uint8Array[]): Promise<Uint8Array> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
