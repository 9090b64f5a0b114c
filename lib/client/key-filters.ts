import { defineFilters } from "./list-filters";

/** `org` is a slug, `owner` a person's id; `text` matches the name or the prefix. */
const filters = defineFilters("kind", "state", "org", "owner", "text");

export type KeyFilters = typeof filters.none;
export const { none: NO_KEY_FILTERS, read: readKeyFilters, has: hasKeyFilters } = filters;
