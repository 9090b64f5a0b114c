import { orgInReach } from "@/lib/identity/org-in-reach";
import { findCustomers } from "@/lib/organizations/find-customers";
import type { Db } from "@/lib/platform/db/client";
import { LIMITS } from "@/lib/platform/query/parse-syntax";
import { quoteValue } from "@/lib/platform/query/quote-value";
import {
  hasFormOfExpression,
  isExpression,
  isMeantAsExpression,
} from "@/lib/platform/query/reads-as-expression";
import type { Reach } from "@/lib/states/caller";
import { findCreator } from "./find-creator";
import { findFieldOfId, findRunId } from "./look-up-id";

/** A run to go to, or an expression of the `q` language to filter the list by. */
export type LookUp = { kind: "run"; id: string } | { kind: "filter"; q: string };

/**
 * What the console's one box does with a text: an expression filters; a run's id anywhere in the text (a link, a
 * sentence) leads to that run; then come a request id, a customer by name, slug or e-mail, the e-mail of a person who
 * created runs, and at last a client ref.
 *
 * A text that is meant as an expression but has a fault comes back as the filter that it was meant to be: whoever runs
 * the list with it gets the parser's message with the position.
 */
export async function lookUp(db: Db, reach: Reach, text: string): Promise<LookUp> {
  const pasted = storable(text).trim().slice(0, LIMITS.length);
  if (isExpression(pasted)) return filter(pasted);

  const ids = [...pasted.matchAll(UUID)].map(([id]) => id.toLowerCase()).slice(0, MOST_IDS);
  const runId = await findRunId(db, reach, ids);
  if (runId) return { kind: "run", id: runId };
  if (isMeantAsExpression(pasted)) return filter(pasted);

  const requestId = REQUEST_ID.exec(pasted)?.[0];
  if (requestId) return filter(`request_id:${requestId.toLowerCase()}`);
  const id = ids[0];
  if (id) {
    const field = await findFieldOfId(db, reach, id);
    // The page of a run that isn't there says so.
    return field ? filter(`${field}:${id}`) : { kind: "run", id };
  }
  const customers = await findCustomers(db, reach, pasted);
  if (customers.length > 0) return filter(customers.map((orgId) => `org_id:${orgId}`).join(" OR "));
  const personId = await findCreator(db, reach, pasted);
  if (personId) return filter(`created_by:${personId}`);
  const isMistyped = hasFormOfExpression(pasted) && !(await isClientRef(db, reach, pasted));
  return filter(isMistyped ? pasted : `client_ref:${quoteValue(pasted)}`);
}

const UUID = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/gi;
const MOST_IDS = 50;
const REQUEST_ID = /(?<![a-z0-9_])req_[0-9a-z]{20,40}(?![0-9a-z_])/i;

const filter = (q: string): LookUp => ({ kind: "filter", q });

/** What no run can contain can be left out of what is looked up. */
const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();

async function isClientRef(db: Db, reach: Reach, text: string): Promise<boolean> {
  const where = { clientRef: text, ...orgInReach(reach) };
  return (await db.run.findFirst({ where, select: { id: true } })) !== null;
}
