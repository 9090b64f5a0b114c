import { RUN_SOURCES, RUN_STATUSES, type RunSource, type RunStatus } from "@/lib/states/run";
import { DEFAULT_COLUMNS, readColumns, type RunColumn, writeColumns } from "./run-columns";
import { DEFAULT_SORT, readSort, type RunSort } from "./run-order";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `within`: created less than that long ago. `over`: longer ago. */
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

/** How a list of runs is shown, whatever is in it. */
export type RunDisplay = { sort: RunSort; columns: readonly RunColumn[]; density: Density };

/** What the address of a list of runs says. */
export type RunFilters = RunDisplay & {
  status: RunStatus[];
  model: string[];
  /** Slugs of organizations: an address that people can read. */
  org: string[];
  source: RunSource[];
  age: RunAge | null;
  /** Created from this moment on and before that one, as `2026-11-28T23:30Z`; empty for any. */
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

/** What PostgreSQL can't take for a text becomes one that matches nothing. */
export const readParam = (params: SearchParams, name: string): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "\ufffd");
};

export const readList = (params: SearchParams, name: string): string[] =>
  readParam(params, name).split(",").filter(Boolean);

const isAge = (text: string): text is RunAge => Object.hasOwn(AGES, text);

/** Unknown values are left out; the server tells about them. */
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

/** A moment of an address; offsets are taken, and UTC is what comes out. */
function readMoment(params: SearchParams, name: string): string {
  const text = readParam(params, name);
  const hasOffset = /T.*(Z|[+-]\d\d:\d\d)$/.test(text);
  const ms = hasOffset ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? "" : writeMoment(ms);
}

/** To the minute, where that is enough: an address that people can read. */
export const writeMoment = (ms: number): string => new Date(ms).toISOString().replace(/(:00)?\.000Z$/, "Z");

/** Only what differs from what everyone starts with: the address of the plain list is a plain one. */
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

/** The list without its filters, in the same display. */
export const clearFilters = ({ sort, columns, density }: RunDisplay): RunFilters => ({
  ...NO_FILTERS,
  sort,
  columns,
  density,
});

/** Whether anything narrows the list; how it is shown does not. */
export const hasFilters = (filters: RunFilters): boolean =>
  Object.values(writeRunFilters({ ...filters, ...DEFAULT_DISPLAY })).some(Boolean);
