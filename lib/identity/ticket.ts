import { randomUUID } from "node:crypto";
import { stringifySetCookie } from "cookie";
import { z } from "zod";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { openText, sealText } from "@/lib/platform/seal-text";
import { cookieAttributes, cookieName, readCookies } from "./cookies";

const Frame = z.object({ id: z.uuid(), expiresAt: z.int(), claims: z.unknown() });

/** A sealed statement that the browser brings back. */
export type Ticket<T> = { id: string; expiresAt: Date; claims: T };

const purposeOf = (purpose: string): string => `ticket/${purpose}`;

/**
 * Seals a statement for the browser to bring back, so that strangers can begin as many sign-ins as they like
 * without a row in the database.
 */
export function sealTicket(purpose: string, claims: unknown, minutes = 5): string {
  const frame = { id: randomUUID(), expiresAt: Date.now() + minutes * 60_000, claims };
  const sealed = sealText(JSON.stringify(frame), purposeOf(purpose), env().ENCRYPTION_KEYS);
  return Buffer.from(sealed).toString("base64url");
}

/** @returns undefined for a ticket that we didn't seal for this purpose, or that has expired */
export function openTicket<S extends z.ZodType>(
  purpose: string,
  schema: S,
  text: string | undefined,
): Ticket<z.output<S>> | undefined {
  const sealed = Buffer.from(text ?? "", "base64url");
  // A nonce and a tag at least.
  if (sealed.length < 28) return undefined;
  const opened = openText(new Uint8Array(sealed), purposeOf(purpose), env().ENCRYPTION_KEYS);
  if (opened === undefined) return undefined;
  const { id, expiresAt, claims } = Frame.parse(JSON.parse(opened));
  if (expiresAt <= Date.now()) return undefined;
  return { id, expiresAt: new Date(expiresAt), claims: schema.parse(claims) };
}

/**
 * Uses a ticket up: of any number of callers, one succeeds.
 * @returns whether this call did
 */
export async function spendTicket(db: Db, { id, expiresAt }: Ticket<unknown>): Promise<boolean> {
  await db.spentTicket.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  const { count } = await db.spentTicket.createMany({ data: [{ id, expiresAt }], skipDuplicates: true });
  return count === 1;
}

/** The cookies that carry tickets: the second step of a sign-in, and a passkey's challenge. */
type Carrier = "step" | "challenge";

/** @returns a Set-Cookie header; an empty ticket clears the cookie */
export const ticketCookie = (name: Carrier, ticket: string): string =>
  stringifySetCookie({
    name: cookieName(name),
    value: ticket,
    ...cookieAttributes(),
    sameSite: "strict",
    maxAge: ticket === "" ? 0 : 5 * 60,
  });

export const readTicketCookie = (headers: Headers, name: Carrier): string | undefined =>
  readCookies(headers, name)[0];
