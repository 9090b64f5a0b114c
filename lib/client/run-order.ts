import { RUN_SORT_FIELDS, type RunSortField } from "@/lib/states/run";
import type { RunColumn } from "./run-columns";

export type RunSort = `${RunSortField}:${"asc" | "desc"}`;

export const DEFAULT_SORT: RunSort = "created_at:desc";

export const SORTS: readonly RunSort[] = RUN_SORT_FIELDS.flatMap((field): RunSort[] => [
  `${field}:desc`,
  `${field}:asc`,
]);

/** The sortable columns. */
export const SORT_OF: Partial<Record<RunColumn, RunSortField>> = {
  created: "created_at",
  started: "started_at",
  completed: "completed_at",
  duration: "duration_ms",
  cost: "cost",
};

const WORDS: Record<RunSortField, { desc: string; asc: string }> = {
  created_at: { desc: "Newest first", asc: "Oldest first" },
  started_at: { desc: "Last started first", asc: "First started first" },
  completed_at: { desc: "Last ended first", asc: "First ended first" },
  duration_ms: { desc: "Longest first", asc: "Shortest first" },
  cost: { desc: "Dearest first", asc: "Cheapest first" },
};

export const readSort = (text: string): RunSort => SORTS.find((known) => known === text) ?? DEFAULT_SORT;

export const isDescending = (sort: RunSort): boolean => sort.endsWith(":desc");

export function describeSort(sort: RunSort): string {
  const [field, direction] = sort.split(":") as [RunSortField, "asc" | "desc"];
  return WORDS[field][direction];
}

/** Clicking a column's header sorts descending first, then ascending. */
export const nextSort = (sort: RunSort, field: RunSortField): RunSort =>
  sort === `${field}:desc` ? `${field}:asc` : `${field}:desc`;
