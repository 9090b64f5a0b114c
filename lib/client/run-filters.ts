import { RUN_SOURCES, RUN_STATUSES, type RunSource, type RunStatus } from "@/lib/runs/run";

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

export const SORTS = ["created_at:desc", "created_at:asc"] as const;
export type RunSort = (typeof SORTS)[number];

/** What the address of a list of runs says. */
export type RunFilters = {
  status: RunStatus[];
  model: string[];
  /** Slugs of organizations: an address that people can read. */
  org: string[];
  source: RunSource[];
  age: RunAge | null;
  q: string;
  sort: RunSort;
};

export const NO_FILTERS: RunFilters = {
  status: [],
  model: [],
  org: [],
  source: [],
  age: null,
  q: "",
  sort: "created_at:desc",
};

export type SearchParams = Record<string, string | string[] | undefined>;

export const readParam = (params: SearchParams, name: string): string => {
  const value = params[name];
  return (Array.isArray(value) ? value[0] : value) ?? "";
};

const readList = (params: SearchParams, name: string): string[] =>
  readParam(params, name).split(",").filter(Boolean);

const isAge = (text: string): text is RunAge => Object.hasOwn(AGES, text);

/** What is not known in an address is left out: an old link shows what it still can. */
export function readRunFilters(params: SearchParams): RunFilters {
  const age = readParam(params, "age");
  const sort = readParam(params, "sort");
  return {
    status: RUN_STATUSES.filter((status) => readList(params, "status").includes(status)),
    model: readList(params, "model"),
    org: readList(params, "org"),
    source: RUN_SOURCES.filter((source) => readList(params, "source").includes(source)),
    age: isAge(age) ? age : null,
    q: readParam(params, "q").trim(),
    sort: SORTS.find((known) => known === sort) ?? "created_at:desc",
  };
}

export const writeRunFilters = ({
  status,
  model,
  org,
  source,
  age,
  q,
  sort,
}: RunFilters): Record<string, string> => ({
  status: status.join(","),
  model: model.join(","),
  org: org.join(","),
  source: source.join(","),
  age: age ?? "",
  q,
  sort: sort === "created_at:desc" ? "" : sort,
});

/** Whether anything narrows the list; the order does not. */
export const hasFilters = (filters: RunFilters): boolean =>
  Object.values({ ...filters, sort: "" }).some((value) => value !== null && value.length > 0);
