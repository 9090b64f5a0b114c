import { findAlike } from "@/lib/organizations/find-alike";
import { findCustomers } from "@/lib/organizations/find-customers";
import type { OrganizationName } from "@/lib/organizations/list-organizations";
import type { Db } from "@/lib/platform/db/client";
import { quoteValue } from "@/lib/platform/query/quote-value";
import {
  hasFormOfExpression,
  isExpression,
  isMeantAsExpression,
} from "@/lib/platform/query/reads-as-expression";
import type { Caller } from "@/lib/states/caller";
import { findCreator } from "./find-creator";
import { findCutIds, findFieldOfId, findRequest, findRunId } from "./look-up-id";
import { findClientRef, findKeysOf, findModelSlugs, hasEntries, readTicket } from "./look-up-name";
import { type Pasted, readPasted } from "./read-pasted";

/**
 * A run to open, an expression that filters the list (and the customers it may mean), a ticket that filters
 * the audit trail, or why nothing was found.
 */
export type LookUp =
  | { kind: "run"; id: string }
  | { kind: "filter"; q: string; alike?: OrganizationName[] }
  | { kind: "ticket"; ticket: string }
  | { kind: "nothing"; message: string };

export type LookUpCaller = Pick<Caller, "reach" | "permissions">;

/**
 * Resolves text typed or pasted into the console's search box. An expression filters. Otherwise, the first
 * match wins: a run's id anywhere in the text, a request id, a key, a ticket, a customer (name, slug or
 * email), the email of a person who created runs, a shortened run id, a model, and last a client ref.
 *
 * An expression with a mistake is returned as a filter, so that the list shows the parser's message with its
 * position. A link without a match is not taken for a client ref.
 */
export async function lookUp(db: Db, caller: LookUpCaller, text: string): Promise<LookUp> {
  const pasted = readPasted(text);
  if (isExpression(pasted.text)) return filter(pasted.text);
  if (pasted.shown !== "" && isExpression(pasted.shown)) return filter(pasted.shown);
  return (
    (await lookUpId(db, caller, pasted)) ??
    (await lookUpName(db, caller, pasted)) ??
    (await lookUpReference(db, caller, pasted))
  );
}

const filter = (q: string): LookUp => ({ kind: "filter", q });
const anyOf = (field: string, values: readonly string[]): LookUp =>
  filter(values.map((value) => `${field}:${value}`).join(" OR "));
const nothing = (message: string): LookUp => ({ kind: "nothing", message });

async function lookUpId(db: Db, { reach }: LookUpCaller, pasted: Pasted): Promise<LookUp | undefined> {
  const { text, ids, bareIds, requestIds, refs } = pasted;
  const runId = await findRunId(db, reach, ids);
  if (runId) return { kind: "run", id: runId };
  if (isMeantAsExpression(text)) return filter(text);
  const asRequests = bareIds.map((id) => `req_${id.replaceAll("-", "")}`);
  const requestId = (await findRequest(db, reach, [...requestIds, ...asRequests])) ?? requestIds[0];
  if (requestId) return filter(`request_id:${requestId}`);
  const id = ids[0];
  if (!id) return undefined;
  const field = await findFieldOfId(db, reach, id);
  if (field) return filter(`${field}:${id}`);
  const ref = bareIds.includes(id) ? await findClientRef(db, reach, refs) : undefined;
  // The run's page reports that it doesn't exist.
  return ref === undefined ? { kind: "run", id } : filter(`client_ref:${quoteValue(ref)}`);
}

async function lookUpName(db: Db, caller: LookUpCaller, pasted: Pasted): Promise<LookUp | undefined> {
  const { reach, permissions } = caller;
  const { names, emails } = pasted;
  const keys = await findKeysOf(db, reach, names);
  if (keys) {
    return keys.ids.length > 0
      ? anyOf("api_key_id", keys.ids)
      : nothing(
          `No inference key that you can access starts with ${keys.prefix}. Service keys don't create runs; find them under Keys.`,
        );
  }
  const ticket = permissions.has("audit.read") ? readTicket(names) : undefined;
  if (ticket && (await hasEntries(db, reach, ticket))) return { kind: "ticket", ticket };
  const customers = await findCustomers(db, reach, [...emails, ...names]);
  if (customers.length > 0) return anyOf("org_id", customers);
  const personId = await findCreator(db, reach, emails);
  if (personId) return filter(`created_by:${personId}`);
  const cut = await findCutIds(db, reach, names);
  if (cut.length > 0) return cut.length === 1 ? { kind: "run", id: cut[0]! } : anyOf("id", cut);
  const slugs = await findModelSlugs(db, names);
  return slugs.length > 0 ? anyOf("model", slugs.map(quoteValue)) : undefined;
}

async function lookUpReference(db: Db, caller: LookUpCaller, pasted: Pasted): Promise<LookUp> {
  const { text, shown, names, refs, hasLink } = pasted;
  const ref = await findClientRef(db, caller.reach, refs);
  if (ref !== undefined) return filter(`client_ref:${quoteValue(ref)}`);
  const number = names.find((name) => /^\d{3,12}$/.test(name));
  if (number && caller.permissions.has("audit.read") && (await hasEntries(db, caller.reach, number)))
    return { kind: "ticket", ticket: number };
  if (shown === "") return nothing("This text has no visible characters.");
  if (hasLink) return nothing(NOTHING_IN_LINK);
  if (hasFormOfExpression(text) && pasted.emails.length === 0) return filter(text);
  if (refs.length === 0) return nothing(TOO_LONG);
  // Tickets, numbers and addresses rarely resemble a name.
  const alike =
    pasted.emails.length === 0 && /\p{L}{3}/u.test(shown) ? await findAlike(db, caller.reach, shown) : [];
  return { ...filter(`client_ref:${quoteValue(shown)}`), ...(alike.length > 0 && { alike }) };
}

const NOTHING_IN_LINK =
  "No run, request, customer or ticket that you can access was found in this link. Paste the id itself.";
const TOO_LONG =
  "Nothing you can access matches this text, and it is too long for a client ref. Paste only an id, a name or a client ref.";
