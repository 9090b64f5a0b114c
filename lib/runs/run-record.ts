import { Prisma } from "@/generated/prisma/client";
import type { Run } from "@/lib/contract/runs";
import { formatTimestamp } from "@/lib/contract/values";
import { parseJson } from "@/lib/platform/json/json";

type Json = "input" | "output" | "cost_breakdown" | "metadata";
type Moments = "created_at" | "started_at" | "completed_at";

/**
 * A run with its JSON as the stored text and money as the stored decimal. Prisma would parse the JSON and
 * round big integers.
 */
export type RunRow = Omit<Run, Json | Moments | "target_type" | "links"> &
  Record<Json, string | null> & { created_at: Date; started_at: Date | null; completed_at: Date | null };

/** The columns of a RunRow, for `SELECT` and `RETURNING` on a table with the alias `r`. */
export const RUN_COLUMNS = Prisma.raw(`
  r.id, r.org_id, r.model_id, r.model, r.source_code, r.status_code::text, r.input::text, r.output::text,
  trim_scale(r.cost)::text AS cost, r.cost_breakdown::text, r.duration_ms, r.batch_id, r.client_ref, r.request_id,
  r.created_by, r.callback_url, r.metadata::text, r.has_logs, r.failure_code, r.failure_message, r.failure_stage_code,
  r.created_at, r.started_at, r.completed_at`);

/** Converts a row to the contract's run. */
export function toRun(row: RunRow): Run {
  return {
    id: row.id,
    org_id: row.org_id,
    model_id: row.model_id,
    model: row.model,
    target_type: "model",
    source_code: row.source_code,
    status_code: row.status_code,
    input: readObject(row.input) ?? {},
    output: readObject(row.output),
    cost: row.cost,
    cost_breakdown: readObject(row.cost_breakdown),
    duration_ms: row.duration_ms,
    batch_id: row.batch_id,
    client_ref: row.client_ref,
    request_id: row.request_id,
    created_by: row.created_by,
    callback_url: row.callback_url,
    metadata: readObject(row.metadata),
    has_logs: row.has_logs,
    links: { self: `/v1/runs/${row.id}` },
    failure_code: row.failure_code,
    failure_message: row.failure_message,
    failure_stage_code: row.failure_stage_code,
    created_at: formatTimestamp(row.created_at),
    started_at: row.started_at && formatTimestamp(row.started_at),
    completed_at: row.completed_at && formatTimestamp(row.completed_at),
  };
}

const readObject = (text: string | null): Record<string, unknown> | null =>
  text === null ? null : (parseJson(text) as Record<string, unknown>);
