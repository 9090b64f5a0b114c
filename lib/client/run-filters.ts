import { RUN_SOURCES, RUN_STATUSES, type RunSource, type RunStatus } from "@/lib/states/run";
import { DEFAULT_COLUMNS, readColumns, type RunColumn, writeColumns } from "./run-columns";
import { DEFAULT_SORT, readSort, type RunSort } from "./run-order";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `within`: created less than this long ago. `over`: created longer ago. */
export const AGES = {
  "15m": { label: "Last 15 min", kind: "within", ms: 15 * MINUTE_MS },
  "1h": { label: "Last hour", kind: "within", ms: HOUR_MS },
  "24h": { label: "Last 24 h", kind: "within", ms: DAY_MS },
  "7d": { label: "Last 7 days", kind: "within", ms: 7 * DAY_MS },
  "over-5m": { label: "Older than 5 min", kind: "over", ms: 5 * MINUTE_MS },
  "over-1h": { label: "Older than 1 h", kind: "over", ms: HOUR_MS },
  "over-24h": { label: "Older than 24 h", kind: "over", ms: DAY_MS },
} as const satisfies Record<string, { label: string; kind: "within" | "over"; ms: number }>;
export type RunAge = keyof typeof AGES;

export const DENSITIES = ["comfortable", "compact"] as const;
export type Density = (typeof DENSITIES)[number];

/** How a list of runs is displayed, regardless of its filters. */
export type RunDisplay = { sort: RunSort; columns: readonly RunColumn[]; density: Density };

/** The state that a run list keeps in its URL. */
export type RunFilters = RunDisplay & {
  status: RunStatus[];
  model: string[];
  /** Organization slugs, so that people can read the URL. */
  org: string[];
  source: RunSource[];
  age: RunAge | null;
  /** Created in [from, to), such as `2026-11-28T23:30Z`; empty for any time. */
  from: string;
  to: string;
  q: string;
};

export const DEFAULT_DISPLAY: RunDisplay = {
  sort: DEFAULT_SORT,
  columns: DEFAULT_COLUMNS,
  density: "comfortable",
};

export const NO_FILTERS: RunFilters = {
  status: [],
  model: [],
  org: [],
  source: [],
  age: null,
  from: "",
  to: "",
  q: "",
  ...DEFAULT_DISPLAY,
};

export type SearchParams = Record<string, string | string[] | undefined>;

/** Replaces text that PostgreSQL can't store with text that matches nothing. */
export const readParam = (params: SearchParams, name: string): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "\ufffd");
};

export const readList = (params: SearchParams, name: string): string[] =>
  readParam(params, name).split(",").filter(Boolean);

const isAge = (text: string): text is RunAge => Object.hasOwn(AGES, text);

/** Drops unknown values; the server reports them. */
export function readRunFilters(params: SearchParams): RunFilters {
  const age = readParam(params, "age");
  return {
    status: RUN_STATUSES.filter((status) => readList(params, "status").includes(status)),
    model: readList(params, "model"),
    org: readList(params, "org"),
    source: RUN_SOURCES.filter((source) => readList(params, "source").includes(source)),
    age: isAge(age) ? age : null,
    from: readMoment(params, "from"),
    to: readMoment(params, "to"),
    q: readParam(params, "q").trim(),
    ...readRunDisplay(params),
  };
}

export const readRunDisplay = (params: SearchParams): RunDisplay => ({
  sort: readSort(readParam(params, "sort")),
  columns: readColumns(readParam(params, "columns")),
  density: readParam(params, "density") === "compact" ? "compact" : "comfortable",
});

/** Parses a time from the URL, with any offset, and normalizes it to UTC. */
function readMoment(params: SearchParams, name: string): string {
  const text = readParam(params, name);
  const hasOffset = /T.*(Z|[+-]\d\d:\d\d)$/.test(text);
  const ms = hasOffset ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? "" : writeMoment(ms);
}

/** To the minute where that is exact, so that people can read the URL. */
export const writeMoment = (ms: number): string => new Date(ms).toISOString().replace(/(:00)?\.000Z$/, "Z");

/** Only values that differ from the defaults, so that the plain list has a plain URL. */
export const writeRunFilters = (filters: RunFilters): Record<string, string> => ({
  status: filters.status.join(","),
  model: filters.model.join(","),
  org: filters.org.join(","),
  source: filters.source.join(","),
  age: filters.age ?? "",
  from: filters.from,
  to: filters.to,
  q: filters.q,
  sort: filters.sort === DEFAULT_SORT ? "" : filters.sort,
  columns: writeColumns(filters.columns),
  density: filters.density === "comfortable" ? "" : filters.density,
});

/** The list without filters, displayed the same way. */
export const clearFilters = ({ sort, columns, density }: RunDisplay): RunFilters => ({
  ...NO_FILTERS,
  sort,
  columns,
  density,
});

/** Whether any filter narrows the list; display settings don't count. */
export const hasFilters = (filters: RunFilters): boolean =>
  Object.values(writeRunFilters({ ...filters, ...DEFAULT_DISPLAY })).some(Boolean);
