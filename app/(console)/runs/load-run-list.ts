import type { ExpressionError } from "@/components/runs/expression-box";
import type { Place } from "@/components/runs/run-pages";
import { type OrgNames, toExpression } from "@/lib/client/run-expression";
import { readParam, type RunFilters, type SearchParams } from "@/lib/client/run-filters";
import { RunRow as RunRowSchema } from "@/lib/client/run-schemas";
import { RUN_ROW_FIELDS, type RunRow } from "@/lib/client/runs";
import { formatTimestamp } from "@/lib/contract/values";
import { admitComparison } from "@/lib/payloads/admit-comparison";
import { db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { pageContext } from "@/lib/platform/http/page-context";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { parseQuery } from "@/lib/platform/query/parse-query";
import { QueryProblem } from "@/lib/platform/query/query-problem";
import { findRuns } from "@/lib/runs/find-runs";
import type { Caller } from "@/lib/states/caller";

const PAGE_SIZE = 50;

/** Why there are no rows; undefined when nothing matches. */
export type ListProblem = "expression" | "filter" | "cursor" | undefined;

export type RunList = {
  rows: RunRow[];
  /** Ages count from `at`, which stays the same from page to page. */
  place: Place;
  expression: string;
  expressionError: ExpressionError | undefined;
  problem: ListProblem;
  newestAt: string | null;
  pageKey: string;
};

/** Loads the list for a URL. An invalid URL yields a `problem`, not an error. */
export async function loadRunList(
  caller: Caller,
  filters: RunFilters,
  orgs: OrgNames,
  params: SearchParams,
  isUnknown: boolean,
): Promise<RunList> {
  const now = new Date();
  const pq = readParam(params, "pq") || undefined;
  const given = new Date(readParam(params, "at"));
  const at = pq && !Number.isNaN(given.getTime()) ? given : now;
  const expression = toExpression(filters, orgs, at);
  const list = {
    rows: [],
    place: { at: at.toISOString(), isFirst: !pq, previous: null, next: null },
    expression,
    expressionError: undefined,
    problem: undefined,
    newestAt: null,
    pageKey: `${expression} ${filters.sort} ${pq ?? ""} ${now.toISOString()}`,
  } satisfies RunList;
  if (isUnknown) return { ...list, problem: "filter" };
  try {
    // Parses the typed part separately first, so that an error's position points into it.
    parseQuery(filters.q);
    await admitComparison(db(), { caller, context: await pageContext(), q: expression || undefined });
    const query = {
      q: expression || undefined,
      limit: PAGE_SIZE,
      sort_by: filters.sort,
      fields: RUN_ROW_FIELDS,
      pq,
    };
    const { items, previous, next } = await withListPool(caller, (lists) =>
      findRuns(lists, caller.reach, query),
    );
    const rows = items.map((item) => RunRowSchema.parse(item));
    const isNewestOnTop = !pq && filters.sort === "created_at:desc";
    return {
      ...list,
      rows,
      place: { ...list.place, previous, next },
      newestAt: isNewestOnTop ? (rows[0]?.created_at ?? formatTimestamp(now)) : null,
    };
  } catch (error) {
    const [item] = (error instanceof Refusal && error.options.errors) || [];
    if (item?.loc.includes("pq")) return { ...list, problem: "cursor" };
    if (item?.loc.includes("q")) {
      const at = error instanceof QueryProblem && error.at <= filters.q.length ? error.at : undefined;
      return { ...list, problem: "expression", expressionError: { sentence: item.msg, at } };
    }
    throw error;
  }
}
