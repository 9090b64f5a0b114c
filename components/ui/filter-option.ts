import type { ReactNode } from "react";

/** Something that a filter can be set to. */
export type FilterOption = { value: string; label: string; icon?: ReactNode };
