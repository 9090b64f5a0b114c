import { readRunFilters, writeRunFilters } from "@/lib/client/run-filters";
import { VIEW_QUERY_MAX } from "@/lib/contract/views";
import { invalid } from "@/lib/platform/errors";
import { parseQuery } from "@/lib/platform/query/parse-query";
import { QueryProblem } from "@/lib/platform/query/query-problem";

/**
 * Parses and normalizes a view's filters as the console's list does. The list ignores unknown parameters, so
 * that old links still work; a saved view rejects them, or it would show too much.
 * @throws Refusal VALIDATION_ERROR at `query`
 */
export function readViewQuery(text: string): string {
  const params = Object.fromEntries(new URLSearchParams(text));
  const filters = readRunFilters(params);
  const kept = writeRunFilters(filters);
  const columns = filters.columns.join(",") || "none";
  // Accepts defaults that are spelled out; the normalized form omits them.
  const spelt = { ...kept, sort: filters.sort, density: filters.density, columns, q: params["q"] ?? "" };
  for (const [name, value] of Object.entries(params)) {
    const known = Object.entries(spelt).find(([other]) => other === name);
    if (!known) throw refuse(`${JSON.stringify(name)} is not a parameter of the run list.`);
    const isUnderstood = partsOf(value).every((part) => partsOf(known[1]).includes(part));
    if (!isUnderstood) throw refuse(`${name} has an unknown value.`);
  }
  checkExpression(filters.q);
  const query = new URLSearchParams(Object.entries(kept).filter(([, value]) => value !== "")).toString();
  if (query.length > VIEW_QUERY_MAX) throw refuse("The filters are too long to save.");
  return query;
}

const refuse = (msg: string) => invalid(["body", "query"], "view_query", msg);

const partsOf = (value: string): string[] => value.split(",").filter(Boolean);

function checkExpression(q: string): void {
  try {
    parseQuery(q);
  } catch (error) {
    if (error instanceof QueryProblem) throw refuse(error.sentence);
    throw error;
  }
}
