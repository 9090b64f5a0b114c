import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Delivery } from "@/lib/contract/deliveries";
import type { Db } from "@/lib/platform/db/client";
import { isUniqueViolation } from "@/lib/platform/db/is-unique-violation";
import { invalid } from "@/lib/platform/errors";
import { getRun } from "@/lib/runs/get-run";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { isTerminal } from "@/lib/states/run";
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from "./delivery-record";
import { getDelivery } from "./get-delivery";

const stateConflict = (msg: string) => invalid(["path", "id"], "conflict", msg);
const UNDER_WAY = "A delivery to this receiver is in progress. Wait until it is settled.";

type Redeliver = { caller: Caller; context: RequestContext };

/**
 * Delivers a run's callback again with the run's current state. An index allows only one in progress.
 * @throws Refusal RUN_NOT_FOUND
 * @throws Refusal VALIDATION_ERROR `conflict` for a run that hasn't ended or has no `callback_url`, or while
 * one is in progress
 */
export async function redeliverCallback(
  db: Db,
  runId: string,
  { caller, context }: Redeliver,
): Promise<Delivery> {
  const run = await getRun(db, caller.reach, runId);
  if (!isTerminal(run.status_code)) throw stateConflict("The run has not ended yet.");
  if (run.callback_url === null) throw stateConflict("The run has no callback_url.");
  return create(db, { caller, context }, { runId: run.id, webhookId: null });
}

/**
 * Delivers to the same receiver again with the run's current state.
 * @throws Refusal DELIVERY_NOT_FOUND
 * @throws Refusal VALIDATION_ERROR `conflict` while one is in progress, for a test, or when the webhook was
 * deleted or disabled
 */
export async function redeliver(
  db: Db,
  webhookId: string,
  deliveryId: string,
  { caller, context }: Redeliver,
): Promise<Delivery> {
  const { run_id: runId, webhook_id } = await getDelivery(db, caller.reach, webhookId, deliveryId);
  if (runId === null) throw stateConflict("A test can't be redelivered. Send another test.");
  return create(db, { caller, context }, { runId, webhookId: webhook_id });
}

type Party = { runId: string; webhookId: string | null };

async function create(
  db: Db,
  { caller, context }: Redeliver,
  { runId, webhookId }: Party,
): Promise<Delivery> {
  try {
    return await db.$transaction(async (tx) => {
      const url = await readUrl(tx, { runId, webhookId });
      const [made] = await tx.$queryRaw<DeliveryRow[]>`
        INSERT INTO deliveries AS r (org_id, run_id, webhook_id, event, cause, url, origin, body)
        SELECT org_id, id, ${webhookId}::uuid, event_of(status_code), 'redelivery', ${url}, origin_of(${url}),
          delivery_body(event_of(status_code), id, status_code, output, duration_ms, created_at, completed_at, metadata)
        FROM runs WHERE id = ${runId}::uuid
        RETURNING ${DELIVERY_COLUMNS}`;
      const { id, org_id: orgId } = made!;
      const target = { type: "delivery", id, label: url } as const;
      const meta = { run_id: runId, webhook_id: webhookId };
      await writeEntry(tx, { caller, context, orgId, action: "delivery.redelivered", target, meta });
      return toDelivery(made!);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw stateConflict(UNDER_WAY);
    throw error;
  }
}

/** @returns the receiver's URL */
async function readUrl(tx: Db, { runId, webhookId }: Party): Promise<string> {
  if (webhookId === null) {
    const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { callbackUrl: true } });
    return run.callbackUrl!;
  }
  const where = { id: webhookId, isEnabled: true };
  const webhook = await tx.webhook.findUnique({ where, select: { url: true } });
  if (!webhook) throw stateConflict("The webhook was deleted or disabled.");
  return webhook.url;
}
