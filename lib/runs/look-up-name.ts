import { Prisma } from "@/generated/prisma/client";
import { spellTicket } from "@/lib/audit/trail/audit-filter";
import { foldText } from "@/lib/contract/text/fold";
import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import { within } from "@/lib/platform/paging/select-slice";
import type { Reach } from "@/lib/states/caller";
import { keyPrefix } from "@/lib/states/key";
import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";

const MOST = 20;
const KEY = /(?<![A-Za-z0-9_])rf_(?:live|svc)_[A-Za-z0-9]+/;

/** @returns the key prefix in the text, and the inference keys in reach that start with it */
export async function findKeysOf(
  db: Db,
  reach: Reach,
  names: readonly string[],
): Promise<{ prefix: string; ids: string[] } | undefined> {
  const key = names.map((name) => KEY.exec(name)?.[0]).find((found) => found !== undefined);
  if (key === undefined) return undefined;
  const prefix = keyPrefix(key);
  const keys = await db.apiKey.findMany({
    where: { kind: "inference", prefix: { startsWith: prefix }, ...orgInReach(reach) },
    select: { id: true },
    orderBy: { id: "desc" },
    take: MOST,
  });
  return { prefix, ids: keys.map(({ id }) => id) };
}

/** @returns the slugs of the models with these names, with or without their owner */
export async function findModelSlugs(db: Db, names: readonly string[]): Promise<string[]> {
  const wanted = names.map((name) => foldText(name)).filter(Boolean);
  const rows = await db.$queryRaw<{ slug: string }[]>`
    SELECT m.slug FROM models m JOIN unnest(${wanted}::text[]) wanted (name)
      ON lower(m.slug) = wanted.name OR right(lower(m.slug), length(wanted.name) + 1) = '/' || wanted.name
    GROUP BY m.slug ORDER BY m.slug LIMIT ${MOST}`;
  return rows.map(({ slug }) => slug);
}

/** @returns the first spelling that is the client ref of a run in reach */
export async function findClientRef(
  db: Db,
  reach: Reach,
  refs: readonly string[],
): Promise<string | undefined> {
  if (refs.length === 0) return undefined;
  const [found] = await db.$queryRaw<{ ref: string }[]>`
    SELECT wanted.ref FROM unnest(${[...refs]}::text[]) WITH ORDINALITY wanted (ref, place)
    WHERE EXISTS (SELECT FROM runs r WHERE r.client_ref = wanted.ref AND ${within(reach)})
    ORDER BY wanted.place LIMIT 1`;
  return found?.ref;
}

const NAMED_TICKET = /^(?:ticket|case|issue|incident)\b.{1,40}$/i;

/** @returns the ticket if the whole text is one, in an unambiguous form: `#4821`, `ticket 4821` */
export function readTicket(names: readonly string[]): string | undefined {
  const { pattern } = ticketSettings();
  for (const name of names) {
    const ticket = findTicket(name, pattern);
    if (ticket !== null && (ticket === name || NAMED_TICKET.test(name))) return ticket;
  }
  return undefined;
}

/** Whether the audit trail in reach has entries with the ticket. */
export async function hasEntries(db: Db, reach: Reach, ticket: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(Prisma.sql`
    SELECT FROM audit_entries r
    WHERE fold_text(r.meta ->> 'ticket') = ANY(${spellTicket(ticket)}::text[]) AND ${within(reach)} LIMIT 1`);
  return rows.length > 0;
}
