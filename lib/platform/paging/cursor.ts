import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/platform/env/env";
import { listSecrets } from "@/lib/platform/env/secrets";
import { invalid } from "@/lib/platform/errors";

/** A position in an order: one row's sort values, as PostgreSQL writes them. */
export type Place = readonly (string | null)[];

/**
 * Where a page begins, and its direction. `first` needs no place. `isInclusive`: the row at the place belongs
 * to the page.
 */
export type Cursor = { way: "first" } | { way: "next" | "previous"; place: Place; isInclusive: boolean };

const MAC_BYTES = 32;

/**
 * @param scope the list, its filter and its order. Part of the MAC but not of the cursor, so a cursor is
 * invalid for anything else.
 */
export function sealCursor(cursor: Cursor, scope: string): string {
  const payload = Buffer.from(JSON.stringify(cursor));
  const [newest] = listSecrets(env().CURSOR_SECRET);
  return Buffer.concat([macOf(payload, scope, newest), payload]).toString("base64url");
}

/** @throws Refusal VALIDATION_ERROR at `pq` unless we sealed the cursor for this scope */
export function openCursor(text: string, scope: string): Cursor {
  const bytes = Buffer.from(text, "base64url");
  const payload = bytes.subarray(MAC_BYTES);
  // base64url decoding tolerates stray characters and bits; a cursor has exactly one spelling.
  const isWellFormed = bytes.length > MAC_BYTES && bytes.toString("base64url") === text;
  const isOurs = (secret: string) =>
    timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(payload, scope, secret));
  if (!isWellFormed || !listSecrets(env().CURSOR_SECRET).some(isOurs)) {
    const msg =
      "This cursor was changed, or belongs to another list, filter or order. Start again without pq.";
    throw invalid(["query", "pq"], "cursor", msg);
  }
  return JSON.parse(payload.toString()) as Cursor;
}

const macOf = (payload: Buffer, scope: string, secret: string): Buffer =>
  createHmac("sha256", secret).update(scope).update("\0").update(payload).digest();
