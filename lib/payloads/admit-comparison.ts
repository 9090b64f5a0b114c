import { v5 as uuidv5 } from "uuid";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Db } from "@/lib/platform/db/client";
import { canonicalText } from "@/lib/platform/query/filter";
import { parseQuery } from "@/lib/platform/query/parse-query";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { comparesMetadata, refuseGuessing } from "./refuse-guessing";

type Comparison = { caller: Caller; context: RequestContext; q: string | undefined };

/** A list that refreshes itself, or is paged through, leaves one entry in this time. */
const SAME_MINUTES = 10;
const LABEL_LENGTH = 200;

/**
 * Admits a filter. A person who compares values of metadata, which lists mask, leaves an audit entry first:
 * one per expression and ten minutes.
 * @throws Refusal PERMISSION_DENIED at `q`, or VALIDATION_ERROR for an invalid expression
 */
export async function admitComparison(db: Db, { caller, context, q }: Comparison): Promise<void> {
  refuseGuessing(caller, q);
  const filter = caller.kind === "session" && q !== undefined ? parseQuery(q) : undefined;
  if (q === undefined || !filter || !comparesMetadata(filter)) return;
  const id = uuidv5(canonicalText(filter), PLATFORM_ORG_ID);
  await db.$transaction(async (tx) => {
    // One at a time per person, so that simultaneous requests leave one entry.
    await tx.$queryRaw`SELECT FROM people WHERE id = ${caller.person.id}::uuid FOR NO KEY UPDATE`;
    const since = new Date(Date.now() - SAME_MINUTES * 60_000);
    const recent = await tx.auditEntry.findFirst({
      where: {
        actorId: caller.actor.id,
        action: "metadata.compared",
        targetId: id,
        occurredAt: { gt: since },
      },
      select: { id: true },
    });
    if (recent) return;
    await writeEntry(tx, {
      caller,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "metadata.compared",
      target: { type: "metadata", id, label: q.slice(0, LABEL_LENGTH).toWellFormed() },
      meta: { expression: q },
    });
  });
}
