import { defineFilters } from "./list-filters";

/** `text` matches the name or the email. */
const filters = defineFilters("role", "state", "text");

export type PeopleFilters = typeof filters.none;
export const { none: NO_PEOPLE_FILTERS, read: readPeopleFilters, has: hasPeopleFilters } = filters;
