import { readList, readParam, readRunFilters, type SearchParams } from "@/lib/client/run-filters";
import { RUN_SOURCES, RUN_STATUSES } from "@/lib/states/run";

type Known = { models: readonly string[]; orgs: readonly string[] };

/** One message for each unknown filter in a URL: dropping it silently would show too many runs. */
export function findUnknownFilters(search: SearchParams, { models, orgs }: Known): string[] {
  const read = readRunFilters(search);
  const say = (label: string, value: string) => `Unknown ${label} “${value}”.`;
  const unknown = (label: string, name: string, known: readonly string[]) =>
    readList(search, name)
      .filter((value) => !known.includes(value))
      .map((value) => say(label, value));
  const lost = (label: string, name: "age" | "from" | "to") =>
    readParam(search, name) && !read[name] ? [say(label, readParam(search, name))] : [];
  return [
    ...unknown("status", "status", RUN_STATUSES),
    ...unknown("model", "model", models),
    ...unknown("customer", "org", orgs),
    ...unknown("source", "source", RUN_SOURCES),
    ...lost("age", "age"),
    ...lost("time", "from"),
    ...lost("time", "to"),
  ];
}
