import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { PayloadReveal } from "@/lib/contract/payloads";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { getRun } from "@/lib/runs/get-run";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";
import { endOfReveal } from "./reveal";

type Reveal = { caller: Caller; context: RequestContext; runId: string; reason: string };

/**
 * Reveals a run's payloads to the caller for `REVEAL_MINUTES`, with an audit entry that says who asked and
 * why.
 * @throws Refusal RUN_NOT_FOUND
 */
export function revealPayload(db: Db, { caller, context, runId, reason }: Reveal): Promise<PayloadReveal> {
  return db.$transaction(async (tx) => {
    const { id, org_id: orgId, model } = await getRun(tx, caller.reach, runId);
    const target = { type: "run", id, label: model } as const;
    const meta = { reason, ticket: findTicket(reason, ticketSettings().pattern) };
    const at = await writeEntry(tx, { caller, context, orgId, action: "run.payload_revealed", target, meta });
    return { run_id: id, revealed_at: formatTimestamp(at), expires_at: formatTimestamp(endOfReveal(at)) };
  });
}
