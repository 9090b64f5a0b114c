import type { CreateRunBody, Run } from "@/lib/contract/runs";
import type { Db } from "@/lib/platform/db/client";
import { permissionRequired, Refusal } from "@/lib/platform/errors";
import { stringifyJson } from "@/lib/platform/json/json";
import { targetRules } from "@/lib/platform/outbound/target-rules";
import { checkTargetUrl } from "@/lib/platform/outbound/target-url";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { RUN_COLUMNS, type RunRow, toRun } from "./run-record";

export type CreateRun = {
  model: string;
  body: CreateRunBody;
  context: Pick<RequestContext, "ip" | "requestId">;
};

/** Matches `owner/name`; the table has no other slugs. */
const SLUG = /^[\w.-]+(\/[\w.-]+)+$/;

/**
 * Creates a run of the caller's organization, queued for the provider.
 * @param model the whole slug, such as `google/nano-banana-pro`
 * @throws Refusal PERMISSION_DENIED for a caller that doesn't belong to one organization
 * @throws Refusal VALIDATION_ERROR for a `callback_url` that can't be called
 * @throws Refusal MODEL_NOT_FOUND
 * @throws Refusal INSUFFICIENT_CREDIT unless the organization's balance is above zero
 */
export async function createRun(db: Db, caller: Caller, { model, body, context }: CreateRun): Promise<Run> {
  const orgId = ownOrganization(caller);
  if (typeof body.callback_url === "string") checkTargetUrl(body.callback_url, "callback_url", targetRules());
  if (!SLUG.test(model)) throw new Refusal("MODEL_NOT_FOUND");
  const [row] = await db.$queryRaw<RunRow[]>`
    WITH r AS (
      INSERT INTO runs (org_id, model_id, model, source_code, input, metadata, callback_url, client_ref, request_id,
        created_by, api_key_id, created_ip)
      SELECT ${orgId}::uuid, id, slug, 'api', ${stringifyJson(body.input)}::json,
        ${body.metadata ? stringifyJson(body.metadata) : null}::json, ${body.callback_url ?? null},
        ${body.client_ref ?? null}, ${context.requestId}, ${caller.person.id}::uuid, ${caller.credentialId}::uuid,
        ${context.ip}
      FROM models JOIN balances ON balances.org_id = ${orgId}::uuid AND balances.amount > 0
      WHERE slug = ${model}
      RETURNING *
    )
    SELECT ${RUN_COLUMNS} FROM r`;
  if (!row) throw new Refusal((await isModel(db, model)) ? "INSUFFICIENT_CREDIT" : "MODEL_NOT_FOUND");
  return toRun(row);
}

async function isModel(db: Db, slug: string): Promise<boolean> {
  return (await db.model.count({ where: { slug } })) > 0;
}

/** A run belongs to its inference key's only organization. Other callers have none, with any scopes. */
function ownOrganization({ kind, reach }: Caller): string {
  const orgId = kind !== "inference" || reach.all ? undefined : reach.orgIds[0];
  if (orgId === undefined) throw permissionRequired("runs.create");
  return orgId;
}
