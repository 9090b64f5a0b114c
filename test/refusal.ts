import type { Pool } from "pg";
import { expect } from "vitest";
import type { ErrorEnvelope } from "@/lib/contract/errors";
import type { Permission } from "@/lib/states/permissions";
import type { Request } from "./call-http";
import type { Api, ApiReply } from "./use-api";

/** Everything that a refused request must leave unchanged, row by row. */
export async function readWorld(sql: Pool): Promise<Record<string, unknown>> {
  const { rows } = await sql.query<{ world: Record<string, unknown> }>(`SELECT json_build_object(
    'runs', (SELECT json_agg(to_json(r) ORDER BY id) FROM runs r),
    'audit_entries', (SELECT json_agg(to_json(e) ORDER BY id) FROM audit_entries e),
    'jobs', (SELECT json_agg(to_json(j) ORDER BY id) FROM graphile_worker._private_jobs j),
    'idempotency_records', (SELECT json_agg(to_json(i) ORDER BY credential_id, path, key) FROM idempotency_records i),
    'cancellation_batches', (SELECT json_agg(to_json(b) ORDER BY id) FROM cancellation_batches b),
    'cancellation_items', (SELECT json_agg(to_json(i) ORDER BY batch_id, run_id) FROM cancellation_items i),
    'second_factors', (SELECT json_agg(to_json(f) ORDER BY id) FROM second_factors f),
    'recovery_codes', (SELECT json_agg(to_json(c) ORDER BY person_id, hash) FROM recovery_codes c),
    'approvals', (SELECT json_agg(to_json(a) ORDER BY id) FROM approvals a),
    'organizations', (SELECT json_agg(to_json(o) ORDER BY id) FROM organizations o),
    'models', (SELECT json_agg(to_json(m) ORDER BY id) FROM models m),
    'people', (SELECT json_agg(to_json(p) ORDER BY id) FROM people p),
    'person_reach', (SELECT json_agg(to_json(r) ORDER BY person_id, org_id) FROM person_reach r),
    'password_links', (SELECT json_agg(to_json(l) ORDER BY person_id) FROM password_links l),
    'webhooks', (SELECT json_agg(to_json(w) ORDER BY id) FROM webhooks w),
    'callback_secrets', (SELECT json_agg(to_json(s) ORDER BY id) FROM callback_secrets s),
    'deliveries', (SELECT json_agg(to_json(d) ORDER BY id) FROM deliveries d),
    'audit_checkpoints', (SELECT json_agg(to_json(c) ORDER BY number) FROM audit_checkpoints c),
    'keys', (SELECT json_agg(to_jsonb(k) - 'last_used_at' - 'last_used_ip' ORDER BY id) FROM api_keys k),
    'key_reach', (SELECT json_agg(to_json(t) ORDER BY key_id, org_id) FROM key_reach t),
    'saved_views', (SELECT json_agg(to_json(v) ORDER BY id) FROM saved_views v),
    'ledger', (SELECT json_agg(to_json(l) ORDER BY id) FROM ledger_entries l),
    'provider_events', (SELECT json_agg(to_json(p) ORDER BY id) FROM provider_events p)) AS world`);
  return rows[0]!.world;
}

export type SecurityEventRow = {
  kind: string;
  status: number;
  code: string;
  method: string;
  path: string;
  actor_type: string | null;
  actor_id: string | null;
  actor_name: string | null;
  actor_key_prefix: string | null;
  org_id: string | null;
  ip: string | null;
  user_agent: string | null;
  request_id: string;
  detail: Record<string, unknown> | null;
};

export async function readSecurityEvents(sql: Pool): Promise<SecurityEventRow[]> {
  return (await sql.query<SecurityEventRow>("SELECT * FROM security_events ORDER BY id")).rows;
}

type Expected = {
  status: number;
  code: string;
  /** `errors[0]`, in part; null when `errors` is null. */
  error?: Partial<ErrorEnvelope["errors"] extends (infer Item)[] | null ? Item : never> | null;
  /** Whom the security event names; null for no one, undefined for paths that record no such events. */
  actorId?: string | null;
};

/** `errors[0]` of a refusal for a missing permission. */
export const PERMISSION_REQUIRED = (permission: Permission) => ({
  type: "permission_required",
  loc: [] as string[],
  msg: expect.stringContaining(permission) as string,
});

/**
 * Sends a request that must be refused, and checks the response, that nothing changed, and the one security
 * event.
 */
export async function expectRefusal(
  { call, database }: Api,
  { method = "POST", path, ...request }: Request & { method?: string; path: string },
  expected: Expected,
): Promise<ApiReply> {
  const before = await readWorld(database.owner);
  const eventsBefore = await readSecurityEvents(database.owner);
  const reply = await call(method, path, request);

  expect(reply.json).toMatchObject({ code: expected.code });
  expect(reply.status).toBe(expected.status);
  const { errors } = reply.json as ErrorEnvelope;
  if (expected.error) expect(errors?.[0]).toMatchObject(expected.error);
  else if (expected.error === null) expect(errors).toBeNull();

  expect(await readWorld(database.owner)).toEqual(before);
  const events = (await readSecurityEvents(database.owner)).slice(eventsBefore.length);
  if (expected.actorId === undefined) expect(events).toEqual([]);
  else {
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      kind: "request.refused",
      status: expected.status,
      code: expected.code,
      method,
      // An unusual path is recorded percent-encoded, and cut.
      path: /^[\w./-]{1,500}$/.test(path) ? path : expect.stringMatching(/^\/v1\/admin\//),
      actor_id: expected.actorId,
      ip: "127.0.0.1",
      request_id: reply.requestId,
    });
  }
  return reply;
}
