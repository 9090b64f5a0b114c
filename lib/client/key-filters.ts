import { readParam, type SearchParams } from "./run-filters";

/** What the address of a list of keys says, sense or not: a filter left out in silence would show too much. */
export type KeyFilters = {
  kind: string;
  state: string;
  /** An organization's slug. */
  org: string;
  /** The id of a person. */
  owner: string;
  /** In the name or the prefix. */
  text: string;
};

export const NO_KEY_FILTERS: KeyFilters = { kind: "", state: "", org: "", owner: "", text: "" };

export function readKeyFilters(params: SearchParams): KeyFilters {
  const read = (name: keyof KeyFilters) => readParam(params, name).trim();
  return {
    kind: read("kind"),
    state: read("state"),
    org: read("org"),
    owner: read("owner"),
    text: read("text"),
  };
}

export const hasKeyFilters = (filters: KeyFilters): boolean => Object.values(filters).some(Boolean);
