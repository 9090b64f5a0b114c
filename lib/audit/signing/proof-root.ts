import { fromHex, toBase64 } from "./note";

/** A chain's head and its place in a checkpoint's tree. */
export type ProvenHead = { org_id: string; sequence: number; hash: string; index: number; path: string[] };

/**
 * Computes the root from a head's path.
 * @param size the number of leaves
 * @returns base64; undefined for a path that fits no tree of that size
 */
export const proofRoot = (head: ProvenHead, size: number): Promise<string | undefined> =>
  pathRoot(new TextEncoder().encode(`${head.org_id} ${head.sequence} ${head.hash}`), head, size);

/** RFC 9162, section 2.1.3.2, for any leaf. */
export async function pathRoot(
  leaf: Uint8Array,
  place: { index: number; path: string[] },
  size: number,
): Promise<string | undefined> {
  let node = await digest(Uint8Array.of(0), leaf);
  let [index, last] = [place.index, size - 1];
  if (!Number.isSafeInteger(index) || index < 0 || index > last) return undefined;
  for (const step of place.path) {
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
