import { readParam, type SearchParams } from "./run-filters";

/** What the address of the people says, sense or not: a filter left out in silence would show too many. */
export type PeopleFilters = {
  role: string;
  state: string;
  /** A part of the name or of the e-mail. */
  text: string;
};

export const NO_PEOPLE_FILTERS: PeopleFilters = { role: "", state: "", text: "" };

export function readPeopleFilters(params: SearchParams): PeopleFilters {
  const read = (name: keyof PeopleFilters) => readParam(params, name).trim();
  return { role: read("role"), state: read("state"), text: read("text") };
}

export const hasPeopleFilters = (filters: PeopleFilters): boolean => Object.values(filters).some(Boolean);
