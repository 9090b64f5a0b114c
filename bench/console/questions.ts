import { toExpression } from "@/lib/client/run-expression";
import { readRunFilters } from "@/lib/client/run-filters";
import { RUN_ROW_FIELDS } from "@/lib/client/runs";
import type { Db } from "@/lib/platform/db/client";
import { countRuns } from "@/lib/runs/count-runs";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";
import { findRuns } from "@/lib/runs/find-runs";
import { findStuckRuns } from "@/lib/runs/find-stuck-runs";
import { lookUp } from "@/lib/runs/look-up";
import type { Reach } from "@/lib/states/caller";
import type { Subject } from "./subjects";

const PAGE_SIZE = 50;
const HOUR_MS = 3_600_000;

/** A request of the console: its path over HTTP, and its verb, for the plans. */
export type Question = { path: string; ask(db: Db, reach: Reach): Promise<unknown> };

const look = (text: string): Question => ({
  path: `/v1/admin/look-up?${new URLSearchParams({ text })}`,
  ask: (db, reach) => lookUp(db, { reach, permissions: new Set(["runs.read", "audit.read"]) }, text),
});

/** A page of the run list with the columns of the console's table. */
const list = (q: string, sort_by = "created_at:desc"): Question => {
  const query = { q, sort_by, fields: RUN_ROW_FIELDS };
  return {
    path: `/v1/admin/runs?${new URLSearchParams({ ...query, limit: String(PAGE_SIZE) })}`,
    ask: (db, reach) => findRuns(db, reach, { ...query, limit: PAGE_SIZE }),
  };
};

export const LOOK_UPS: Record<string, (subject: Subject) => Question> = {
  look_up_id: ({ id }) => look(id),
  look_up_sentence: ({ id }) => look(`Customer says that run ${id} hangs, see https://desk.example/4821`),
  look_up_request_id: ({ request_id }) => look(request_id),
  look_up_client_ref: ({ client_ref }) => look(client_ref),
  look_up_customer: ({ org_name }) => look(org_name),
  look_up_customer_word: ({ org_name }) => look(org_name.slice(0, 3)),
  look_up_email: ({ email }) => look(email),
  look_up_wrapped_link: ({ id }) =>
    look(`https://gateway.example/?url=https%3A%2F%2Fconsole.example%2Fruns%2F${id}&data=05%7C02`),
  look_up_bare_id: ({ id }) => look(id.replaceAll("-", "")),
  look_up_cut_id: ({ id }) => look(`${id.slice(0, 8)}…${id.slice(-6)}`),
  look_up_address: ({ email, org_name }) => look(`${org_name} <${email}>`),
  look_up_near_miss: ({ org_name }) => look(`${org_name.slice(0, 2)}${org_name.slice(3)}`),
  look_up_unknown_word: () => look("zzyzx"),
  look_up_ticket: () => look("#48219"),
  look_up_key: () => look("rf_live_none"),
  look_up_model: ({ model }) => look(model.split("/").at(-1)!),
  look_up_customer_id: ({ org_id }) => look(org_id),
  look_up_short_id: ({ id }) => look(id.slice(0, 8)),
  look_up_unknown_email: () => look("nobody@nowhere.example"),
};

const since = (ms: number): string => new Date(Date.now() - ms).toISOString();

export const LISTS: Record<string, (subject: Subject) => Question> = {
  list_running: () => list("status_code:running"),
  list_active_over_1h: () =>
    list(`NOT status_code:succeeded AND completed_at:null AND created_at<${since(HOUR_MS)}`),
  list_failed_of_a_day: () => list(`status_code:failed AND created_at>=${since(24 * HOUR_MS)}`),
  list_model: ({ model }) => list(`model:'${model}'`),
  list_customer: ({ org_id }) => list(`org_id:${org_id}`),
  list_customer_failed: ({ org_id }) => list(`org_id:${org_id} AND status_code:failed`),
  list_client_ref: ({ client_ref }) => list(`client_ref:'${client_ref}'`),
  list_request_id: ({ request_id }) => list(`request_id:${request_id}`),
  list_person: ({ person_id }) => list(`created_by:${person_id}`),
  list_combined: ({ org_id, model }) =>
    list(
      `(status_code:failed OR status_code:canceled) AND model:'${model}' AND org_id:${org_id} AND source_code:api AND ` +
        `created_at>=${since(7 * 24 * HOUR_MS)}`,
    ),
  list_customer_tenant: ({ org_id }) => list(`org_id:${org_id} AND metadata.tenant:'tenant-7'`),
  list_slowest: ({ model }) => list(`model:'${model}' AND status_code:succeeded`, "duration_ms:desc"),
};

/** The URLs of saved views; `org` is a customer's slug. */
export const VIEWS: Record<string, string> = {
  view_active_over_1h: "status=queued,dispatching,running&age=over-1h",
  view_failed_of_a_day: "status=failed&age=24h",
  view_customer_canceled: "status=canceled&org=amber-labs",
  view_model_failed_of_a_week: "status=failed&model=bench%2Fvideo-3&age=7d",
  view_long_of_a_customer: "org=garnet-films&q=duration_ms%3E1000000",
};

/** Counts a view, as the view menu does. */
export const countView = (id: string, query: string, orgs: Parameters<typeof toExpression>[1]): Question => ({
  path: `/v1/admin/views/${id}/count`,
  ask: (db, reach) => {
    const filters = readRunFilters(Object.fromEntries(new URLSearchParams(query)));
    return countRuns(db, reach, toExpression(filters, orgs, new Date()));
  },
});

export const STUCK: Record<string, () => Question> = {
  stuck_list: () => ({
    path: `/v1/admin/runs/stuck?limit=${PAGE_SIZE}`,
    ask: (db, reach) => findStuckRuns(db, reach, { limit: PAGE_SIZE }),
  }),
  stuck_count: () => ({ path: "/v1/admin/runs/stuck/count", ask: countStuckRuns }),
};
