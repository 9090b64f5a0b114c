import type { ItemFilter } from "@/lib/contract/cancellation-batches";
import { defineFilters } from "./list-filters";

const filters = defineFilters("state");

export type BatchFilters = typeof filters.none;
export const { none: NO_BATCH_FILTERS, read: readBatchFilters, has: hasBatchFilters } = filters;

/** The values of `outcome`, as in the API. */
export const ITEM_FILTERS = [
  "201",
  "200",
  "404",
  "409",
  "503",
  "pending",
  "open",
  "excluded",
] as const satisfies readonly ItemFilter[];

/** Of a batch's runs: `outcome` is an HTTP status, `pending`, `open` or `excluded`. */
const itemFilters = defineFilters("outcome", "pq");

export type ItemFilters = typeof itemFilters.none;
export const { read: readItemFilters } = itemFilters;
