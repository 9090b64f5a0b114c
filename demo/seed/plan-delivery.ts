import type { ClientBase } from "pg";
import type { RunStatus } from "@/lib/states/run";
import { makeAttempts } from "./attempts";
import type { Cell } from "./copy-rows";
import { DEMO_INTEGRATIONS, type DemoIntegration } from "./customers";
import type { SeededOrganization } from "./people";
import type { Random } from "./random";
import type { SeededRun } from "./runs";

export const PLAN_COLUMNS = [
  "id",
  "run_id",
  "webhook_id",
  "state",
  "attempt_count",
  "created_at",
  "settled_at",
  "next_attempt_at",
] as const;
export const ATTEMPT_COLUMNS = [
  "delivery_id",
  "number",
  "started_at",
  "duration_ms",
  "status",
  "error",
  "response_body",
  "secret_id",
] as const;
export type Planned = Record<(typeof PLAN_COLUMNS)[number], Cell>;
export type Attempted = Record<(typeof ATTEMPT_COLUMNS)[number], Cell>;

/** An organization's configuration, and its endpoint's behavior. */
export type Party = {
  integration: DemoIntegration;
  secretId: string | null;
  webhooks: { id: string; hears: RunStatus[] }[];
};

/** @returns each organization's configuration, by ID */
export async function findParties(
  client: ClientBase,
  organizations: readonly SeededOrganization[],
): Promise<Map<string, Party>> {
  const { rows } = await client.query<{ id: string; secret_id: string | null; webhooks: Party["webhooks"] }>(
    `SELECT o.id, (SELECT id FROM callback_secrets s WHERE s.org_id = o.id AND s.is_current) AS secret_id,
       (SELECT coalesce(json_agg(json_build_object('id', w.id, 'hears', (SELECT json_agg(status) FROM
          unnest(enum_range(NULL::run_status)) status WHERE event_of(status) = ANY (w.event_types)))), '[]')
        FROM webhooks w WHERE w.org_id = o.id AND w.is_enabled) AS webhooks
     FROM organizations o`,
  );
  return new Map(
    organizations.map(({ id, slug }) => {
      const { secret_id, webhooks } = rows.find((row) => row.id === id)!;
      const integration = DEMO_INTEGRATIONS.find((one) => one.slug === slug)!;
      return [id, { integration, secretId: secret_id, webhooks }];
    }),
  );
}

/** The rows of one delivery of an ended run. @param webhookId null for its callback */
export function planDelivery(
  run: SeededRun,
  webhookId: string | null,
  party: Party,
  now: number,
  random: Random,
) {
  const createdMs = (run.completed_at as Date).getTime() + random.int(1, 8);
  const { attempts, isDelivered, nextMs } = makeAttempts(party.integration, createdMs, now, random);
  const id = random.uuid(createdMs);
  const last = attempts.at(-1);
  const planned: Planned = {
    id,
    run_id: run.id,
    webhook_id: webhookId,
    state: nextMs !== undefined ? "pending" : isDelivered ? "delivered" : "failed",
    attempt_count: attempts.length,
    created_at: new Date(createdMs),
    settled_at: nextMs === undefined && last ? new Date(last.startedMs + last.durationMs) : null,
    next_attempt_at: nextMs === undefined ? null : new Date(nextMs),
  };
  const made = attempts.map((attempt, index): Attempted => ({
    delivery_id: id,
    number: index + 1,
    started_at: new Date(attempt.startedMs),
    duration_ms: attempt.durationMs,
    status: attempt.status,
    error: attempt.error,
    response_body: attempt.responseBody,
    secret_id: party.secretId,
  }));
  return { planned, attempts: made };
}
