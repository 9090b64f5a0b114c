import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/platform/env/env";
import { invalid } from "@/lib/platform/errors";

/** A place in an order: the sort values of one row, as PostgreSQL writes them. */
export type Place = readonly (string | null)[];

/**
 * Where a page begins and which way it goes from there. `first` needs no place: it is the beginning.
 * `isInclusive`: the row at the place belongs to the page.
 */
export type Cursor = { way: "first" } | { way: "next" | "previous"; place: Place; isInclusive: boolean };

const MAC_BYTES = 32;

/**
 * @param scope what the cursor is good for: the list, its filter and its order. It goes into the seal, not into the
 *   cursor, so that a cursor fails wherever it wasn't made for.
 */
export function sealCursor(cursor: Cursor, scope: string): string {
  const payload = Buffer.from(JSON.stringify(cursor));
  return Buffer.concat([macOf(payload, scope), payload]).toString("base64url");
}

/** @throws Refusal VALIDATION_ERROR at `pq` for a text that is not a cursor which we sealed for this scope */
export function openCursor(text: string, scope: string): Cursor {
  const bytes = Buffer.from(text, "base64url");
  const payload = bytes.subarray(MAC_BYTES);
  // Decoding forgives stray characters and bits; a cursor has exactly one spelling.
  const isWellFormed = bytes.length > MAC_BYTES && bytes.toString("base64url") === text;
  if (!isWellFormed || !timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(payload, scope))) {
    const msg = "This cursor does not belong to this list, filter and order, or it was changed on its way.";
    throw invalid(["query", "pq"], "cursor", msg);
  }
  return JSON.parse(payload.toString()) as Cursor;
}

const macOf = (payload: Buffer, scope: string): Buffer =>
  createHmac("sha256", env().CURSOR_SECRET).update(scope).update("\0").update(payload).digest();
