import type { Delivery, DeliveryAttempt, DeliveryWithAttempts } from "@/lib/contract/deliveries";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { within } from "@/lib/platform/paging/select-slice";
import { type Reach } from "@/lib/states/caller";
import {
  ATTEMPT_COLUMNS,
  type AttemptRow,
  DELIVERY_COLUMNS,
  type DeliveryRow,
  toAttempt,
  toDelivery,
} from "./delivery-record";

/**
 * Reads a delivery with its attempts, oldest first.
 * @param webhookId the webhook that it must belong to, or `any`
 * @throws Refusal DELIVERY_NOT_FOUND, missing and out of reach alike
 */
export async function getDelivery(
  db: Db,
  reach: Reach,
  webhookId: string,
  deliveryId: string,
): Promise<DeliveryWithAttempts> {
  const id = parseUuid(deliveryId);
  const [row] =
    id === undefined
      ? []
      : await db.$queryRaw<DeliveryRow[]>`
    SELECT ${DELIVERY_COLUMNS} FROM deliveries r WHERE r.id = ${id}::uuid AND ${within(reach)}`;
  if (!row || (webhookId !== "any" && row.webhook_id !== parseUuid(webhookId))) {
    throw new Refusal("DELIVERY_NOT_FOUND");
  }
  return (await withAttempts(db, [row]))[0]!;
}

/** @returns the deliveries of a run's own callback, newest first */
export async function listCallbackDeliveries(db: Db, runId: string): Promise<DeliveryWithAttempts[]> {
  const rows = await db.$queryRaw<DeliveryRow[]>`
    SELECT ${DELIVERY_COLUMNS} FROM deliveries r
    WHERE r.run_id = ${runId}::uuid AND r.webhook_id IS NULL ORDER BY r.id DESC LIMIT 100`;
  return withAttempts(db, rows);
}

/** @returns all deliveries about a run, to callback and webhooks, newest first */
export async function listRunDeliveries(db: Db, runId: string): Promise<DeliveryWithAttempts[]> {
  const rows = await db.$queryRaw<DeliveryRow[]>`
    SELECT ${DELIVERY_COLUMNS} FROM deliveries r WHERE r.run_id = ${runId}::uuid ORDER BY r.id DESC LIMIT 100`;
  return withAttempts(db, rows);
}

async function withAttempts(db: Db, rows: DeliveryRow[]): Promise<DeliveryWithAttempts[]> {
  const attempts = await db.$queryRaw<AttemptRow[]>`
    SELECT ${ATTEMPT_COLUMNS} FROM delivery_attempts
    WHERE delivery_id = ANY(${rows.map(({ id }) => id)}::uuid[]) ORDER BY delivery_id, number`;
  const ofDelivery = (delivery: Delivery): DeliveryAttempt[] =>
    attempts.filter(({ delivery_id }) => delivery_id === delivery.id).map(toAttempt);
  return rows.map((row) => {
    const delivery = toDelivery(row);
    return { ...delivery, body: row.body, attempts: ofDelivery(delivery) };
  });
}
