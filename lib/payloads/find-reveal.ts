import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { endOfReveal, REVEAL_MINUTES } from "./reveal";

/**
 * People see masked payloads; keys see them unmasked, because scripts need them. The audit entry itself is
 * the reveal, so no second record can contradict it.
 * @returns until when this person may see the run's payloads, `always`, or undefined when they are masked
 */
export async function findReveal(
  db: Db,
  { kind, actor, permissions }: Caller,
  runId: string,
): Promise<Date | "always" | undefined> {
  if (kind !== "session") return "always";
  if (!permissions.has("runs.payload.reveal")) return undefined;
  const entry = await db.auditEntry.findFirst({
    where: {
      targetId: runId,
      action: "run.payload_revealed",
      actorId: actor.id,
      occurredAt: { gt: new Date(Date.now() - REVEAL_MINUTES * 60_000) },
    },
    select: { occurredAt: true },
    orderBy: { occurredAt: "desc" },
  });
  return entry ? endOfReveal(entry.occurredAt) : undefined;
}
