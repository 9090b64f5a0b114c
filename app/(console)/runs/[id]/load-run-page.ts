import { notFound, redirect } from "next/navigation";
import { paths } from "@/lib/client/paths";
import { RunFacts } from "@/lib/client/run-schemas";
import { findAuditEntries } from "@/lib/audit/find-audit-entries";
import { AuditListQuery } from "@/lib/contract/audit";
import type { Run } from "@/lib/contract/runs";
import { db } from "@/lib/db/client";
import { Refusal } from "@/lib/errors";
import type { Caller } from "@/lib/identity/caller";
import { listRunDeliveries } from "@/lib/deliveries/get-delivery";
import { listModels } from "@/lib/models/list-models";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { listApart } from "@/lib/paging/list-apart";
import { findPerson } from "@/lib/people/find-person";
import { getRun } from "@/lib/runs/get-run";
import { lookUp } from "@/lib/runs/look-up";
import { listProviderEvents } from "@/lib/runs/list-provider-events";

export type RunPageData = Awaited<ReturnType<typeof loadRunPage>>;

/** How long after a cancel the provider's late report is watched for. */
const WATCH_MS = 15 * 60_000;

/** Everything that the page of one run shows. A run out of reach is not found, as in the API. */
export async function loadRunPage(caller: Caller, id: string) {
  const run = await findRun(caller, id);
  const [orgs, models, events, deliveries, audit, creator] = await Promise.all([
    listOrganizations(db(), { all: false, orgIds: [run.org_id] }),
    listModels(db()),
    listProviderEvents(db(), run.id),
    listRunDeliveries(db(), run.id),
    caller.permissions.has("audit.read")
      ? listApart(caller, (lists) =>
          findAuditEntries(lists, caller.reach, AuditListQuery.parse({ target_id: run.id, limit: 20 })),
        )
      : { items: [] },
    run.created_by ? findPerson(db(), run.created_by) : null,
  ]);
  const model = models.find(({ slug }) => slug === run.model);
  const late = events.findLast(({ outcome, cost }) => outcome === "dropped_terminal" && cost !== null);
  return {
    run,
    facts: RunFacts.parse(run),
    customer: orgs[0]?.name ?? run.org_id,
    envelope: model && { p50Ms: model.p50Ms, p95Ms: model.p95Ms },
    modelKind: model?.kind,
    creator,
    events,
    entries: audit.items,
    deliveries,
    lateCost: late?.cost ?? null,
    lateMs: late && run.completed_at ? Date.parse(late.occurred_at) - Date.parse(run.completed_at) : null,
    watchForMs: watchTime(
      run,
      events.some(({ outcome }) => outcome === "dropped_terminal"),
    ),
  };
}

async function findRun(caller: Caller, id: string): Promise<Run> {
  try {
    return await getRun(db(), caller.reach, id);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "RUN_NOT_FOUND") throw error;
  }
  // An id that was pasted may be a customer's, a batch's or a key's: then its runs are what was meant.
  const found = await listApart(caller, (lists) => lookUp(lists, caller.reach, id));
  if (found.kind === "filter") redirect(paths.runs({ q: found.q }));
  notFound();
}

/** Only a cancelled run is still waited for: its provider goes on and reports later. */
function watchTime(run: Run, hasReported: boolean): number {
  if (run.status_code !== "canceled" || !run.completed_at || hasReported) return 0;
  return Math.max(0, Date.parse(run.completed_at) + WATCH_MS - Date.now());
}
