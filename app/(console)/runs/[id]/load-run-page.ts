import { notFound, redirect } from "next/navigation";
import { findBilledGhost } from "@/components/runs/build-timeline";
import type { LatencyProfile } from "@/components/runs/latency-profile";
import { batchOf } from "@/components/audit/batch-of";
import { findAuditEntries } from "@/lib/audit/trail/find-audit-entries";
import { readBatch } from "@/lib/cancellation-batches/get-batch";
import { paths } from "@/lib/client/paths";
import { RunFacts } from "@/lib/client/run-schemas";
import { type AuditEntry, AuditListQuery } from "@/lib/contract/audit";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import type { Run } from "@/lib/contract/runs";
import { formatTimestamp } from "@/lib/contract/values";
import { listRunDeliveries } from "@/lib/deliveries/get-delivery";
import { findKeyOfRun } from "@/lib/keys/find-key-of-run";
import { findModel, type ModelWithDensity } from "@/lib/models/find-model";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { findReveal } from "@/lib/payloads/find-reveal";
import { maskDelivery, maskRun } from "@/lib/payloads/mask";
import { findPerson } from "@/lib/people/find-person";
import { db } from "@/lib/platform/db/client";
import { inSnapshot } from "@/lib/platform/db/in-snapshot";
import { Refusal } from "@/lib/platform/errors";
import { quoteValue } from "@/lib/platform/query/quote-value";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findDuplicates } from "@/lib/runs/find-duplicates";
import { findRelatedRuns } from "@/lib/runs/find-related-runs";
import { getRun } from "@/lib/runs/get-run";
import { listProviderEvents, type ProviderEventRecord } from "@/lib/runs/list-provider-events";
import { lookUp } from "@/lib/runs/look-up";
import type { Caller } from "@/lib/states/caller";
import { listSubscribers } from "@/lib/webhooks/list-subscribers";
import { nameWebhooks } from "@/lib/webhooks/name-webhooks";
import { loadDeletedRun } from "./load-deleted-run";

export type RunPageData = Awaited<ReturnType<typeof describeRun>>;
type DeletedPage = { deleted: NonNullable<Awaited<ReturnType<typeof loadDeletedRun>>> };

/** How long an ended run is watched for the provider's late report and for delivery responses. */
const WATCH_MS = 15 * 60_000;

/** Loads everything on a run's page. As in the API, a run out of reach is not found. */
export async function loadRunPage(caller: Caller, id: string): Promise<RunPageData | DeletedPage> {
  const read = await readRun(caller, id);
  if (read) return describeRun(caller, read);
  const deleted = await loadDeletedRun(caller, id);
  return deleted ? { deleted } : goToWhatWasMeant(caller, id);
}

type ReadRun = NonNullable<Awaited<ReturnType<typeof readRun>>>;

async function describeRun(caller: Caller, { run: found, events, deliveries }: ReadRun) {
  const reveal = await findReveal(db(), caller, found.id);
  const run = reveal ? found : maskRun(found);
  const [orgs, model, audit, creator, key, webhooks, listeners, related, duplicates] = await Promise.all([
    nameOrganizations(db(), caller.reach, { ids: [run.org_id] }),
    findModel(db(), run.model_id),
    caller.permissions.has("audit.read")
      ? withListPool(caller, (lists) =>
          findAuditEntries(lists, caller.reach, AuditListQuery.parse({ target_id: run.id, limit: 20 })),
        )
      : { items: [] },
    run.created_by ? findPerson(db(), run.created_by) : null,
    findKeyOfRun(db(), run.id),
    nameWebhooks(
      db(),
      deliveries.map(({ webhook_id }) => webhook_id).filter((id) => id !== null),
    ),
    run.completed_at ? [] : listSubscribers(db(), run.org_id, "run.cancelled"),
    findRelatedRuns(db(), run.id),
    findDuplicates(db(), run.id),
  ]);
  const late = findBilledGhost(run, events);
  const batchId = batchOf(findCancel(audit.items)?.meta);
  return {
    run,
    facts: RunFacts.parse(run),
    customer: { name: orgs[0]?.name ?? run.org_id, slug: orgs[0]?.slug ?? "" },
    profile: model && describeTypical(model),
    modelKind: model?.kind,
    creator,
    key,
    events,
    entries: audit.items,
    bulk: batchId === undefined ? undefined : await findBulk(caller, batchId),
    deliveries: reveal ? deliveries : deliveries.map(maskDelivery),
    webhooks,
    listeners,
    related,
    duplicates,
    sameRef: run.client_ref ? `client_ref:${quoteValue(run.client_ref)}` : undefined,
    revealedUntil: reveal instanceof Date ? formatTimestamp(reveal) : null,
    revealedForMs: reveal instanceof Date ? reveal.getTime() - Date.now() : 0,
    lateMs: late && run.completed_at ? Date.parse(late.occurred_at) - Date.parse(run.completed_at) : null,
    watchForMs: watchTime(run, events, deliveries),
  };
}

/** The entry of a run's cancel, if it was canceled. */
export const findCancel = (entries: AuditEntry[]) => entries.find(({ action }) => action === "run.cancelled");

/** The run's bulk cancellation; undefined for a caller who can't access all its customers. */
async function findBulk({ reach }: Caller, id: string): Promise<{ id: string; runs: number } | undefined> {
  try {
    const { total } = await readBatch(db(), reach, id);
    return { id, runs: total };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const describeTypical = ({ p50Ms, p95Ms, p99Ms, samples, density }: ModelWithDensity): LatencyProfile => ({
  p50Ms,
  p95Ms,
  p99Ms,
  samples,
  density,
});

/** Reads the run, its provider events and its deliveries in one snapshot, so that they agree. */
async function readRun(caller: Caller, id: string) {
  try {
    return await inSnapshot(db(), async (tx) => {
      const run = await getRun(tx, caller.reach, id);
      const events = await listProviderEvents(tx, run.id);
      return { run, events, deliveries: await listRunDeliveries(tx, run.id) };
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "RUN_NOT_FOUND") throw error;
    return undefined;
  }
}

/** A pasted ID may be a customer's, a batch's or a key's: redirects to its runs. */
async function goToWhatWasMeant(caller: Caller, id: string): Promise<never> {
  const found = await withListPool(caller, (lists) => lookUp(lists, caller, id));
  if (found.kind === "filter") redirect(paths.runs({ q: found.q }));
  notFound();
}

/** @returns for how many milliseconds updates may still arrive */
function watchTime(run: Run, events: ProviderEventRecord[], deliveries: DeliveryWithAttempts[]): number {
  // A canceled run's provider may keep going and report later.
  const isReportDue =
    run.status_code === "canceled" && !events.some(({ outcome }) => outcome === "dropped_terminal");
  const isDeliveryDue = deliveries.some(({ state }) => state === "pending");
  if (!run.completed_at || !(isReportDue || isDeliveryDue)) return 0;
  const newest = deliveries[0]?.created_at ?? run.completed_at;
  return Math.max(0, Date.parse(newest) + WATCH_MS - Date.now());
}
