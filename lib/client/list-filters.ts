import { readParam, type SearchParams } from "./run-filters";

/**
 * A list's filters from its URL, unvalidated: the server reports a bad one, because silently dropping it
 * would show too many rows.
 */
export function defineFilters<N extends string>(...names: readonly N[]) {
  type Filters = Record<N, string>;
  const fill = (value: (name: N) => string) =>
    Object.fromEntries(names.map((name) => [name, value(name)])) as Filters;
  return {
    none: fill(() => ""),
    read: (params: SearchParams): Filters => fill((name) => readParam(params, name).trim()),
    has: (filters: Filters): boolean => names.some((name) => filters[name] !== ""),
  };
}
