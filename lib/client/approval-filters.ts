import { defineFilters } from "./list-filters";

const filters = defineFilters("state");

export type ApprovalFilters = typeof filters.none;
export const { read: readApprovalFilters, has: hasApprovalFilters } = filters;
