import type { ReactNode } from "react";

/** One option of a filter. */
export type FilterOption = { value: string; label: string; icon?: ReactNode };
