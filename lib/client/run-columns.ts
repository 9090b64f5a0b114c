/** The optional columns of the runs table, in its order; status and id always show. */
export const RUN_COLUMNS = [
  "model",
  "customer",
  "source",
  "client_ref",
  "request_id",
  "created",
  "started",
  "completed",
  "duration",
  "cost",
] as const;
export type RunColumn = (typeof RUN_COLUMNS)[number];

export const COLUMN_NAMES: Record<RunColumn, string> = {
  model: "Model",
  customer: "Customer",
  source: "Source",
  client_ref: "Client ref",
  request_id: "Request ID",
  created: "Created",
  started: "Started",
  completed: "Ended",
  duration: "Duration",
  cost: "Cost, USD",
};

export const DEFAULT_COLUMNS: readonly RunColumn[] = [
  "model",
  "customer",
  "client_ref",
  "created",
  "duration",
  "cost",
];

/** In the URL, no columns at all differs from the default columns. */
const NO_COLUMNS = "none";

/** Without a known column, returns the default ones. */
export function readColumns(text: string): readonly RunColumn[] {
  if (text === NO_COLUMNS) return [];
  const named = text.split(",");
  const columns = RUN_COLUMNS.filter((column) => named.includes(column));
  return columns.length === 0 || areDefault(columns) ? DEFAULT_COLUMNS : columns;
}

export const writeColumns = (columns: readonly RunColumn[]): string =>
  areDefault(columns) ? "" : columns.join(",") || NO_COLUMNS;

export const areDefault = (columns: readonly RunColumn[]): boolean =>
  columns.join() === DEFAULT_COLUMNS.join();
