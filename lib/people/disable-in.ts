import { writeEntry } from "@/lib/audit/trail/write-entry";
import { abortBatchesOf } from "@/lib/cancellation-batches/abort-batch";
import { endSessionsOf } from "@/lib/identity/end-session";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { closeLink, closeLinksMadeBy } from "./open-link";

type DisableIn = {
  person: { id: string; name: string; email: string };
  /** Who disables them: a Caller, or an identity provider. */
  by: Pick<Caller, "actor" | "reach">;
  context: RequestContext;
  /** With the reason, which the database requires. */
  meta: Record<string, unknown>;
};

/**
 * Disables an enabled person: their sessions, running bulk cancellations, and open links that they
 * made or have end.
 * @param tx holds the people lock
 * @returns the person's new `disabled_at`
 */
export async function disableIn(
  tx: Db,
  { person: { id, name, email }, by, context, meta }: DisableIn,
): Promise<Date> {
  const now = new Date();
  await tx.person.updateMany({ where: { id }, data: { disabledAt: now, updatedAt: now } });
  await closeLink(tx, id);
  await writeEntry(tx, {
    caller: by,
    context,
    orgId: PLATFORM_ORG_ID,
    action: "person.disabled",
    target: { type: "person", id, label: email },
    meta,
  });
  for (const closed of await closeLinksMadeBy(tx, id)) {
    await writeEntry(tx, {
      caller: by,
      context,
      orgId: PLATFORM_ORG_ID,
      action: "person.link_closed",
      target: { type: "person", id: closed.id, label: closed.email },
      meta: { link: { made_by: { id, name, email } } },
    });
  }
  await abortBatchesOf(tx, { personId: id }, { caller: by, context });
  await endSessionsOf(tx, { personId: id, endedBy: by.actor, context, cause: "person_disabled" });
  return now;
}
