import { readParam, type SearchParams } from "./run-filters";

/** What the address of a list of deliveries says, sense or not: a filter left out in silence would show too much. */
export type DeliveryFilters = {
  /** An organization's slug. */
  org: string;
  state: string;
  event: string;
  /** Ids. */
  webhook: string;
  run: string;
};

export const NO_DELIVERY_FILTERS: DeliveryFilters = { org: "", state: "", event: "", webhook: "", run: "" };

export function readDeliveryFilters(params: SearchParams): DeliveryFilters {
  const read = (name: keyof DeliveryFilters) => readParam(params, name).trim();
  return {
    org: read("org"),
    state: read("state"),
    event: read("event"),
    webhook: read("webhook"),
    run: read("run"),
  };
}

export const hasDeliveryFilters = (filters: DeliveryFilters): boolean => Object.values(filters).some(Boolean);
