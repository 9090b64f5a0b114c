import { readParam, type SearchParams } from "./run-filters";

/**
 * The filters of a list as its address has them, valid or not: the server says what is wrong, as a filter dropped in
 * silence would show too much.
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
