import type { ReactNode } from "react";

/** Chips in a row. Where it is narrow they stay in one line and move sideways: what they filter comes first. */
export function FilterRow({ children }: { children: ReactNode }) {
  return (
    <div
      role="group"
      aria-label="Filters"
      // The room around them is the focus ring's, which a line that moves would cut off.
      className="flex min-w-0 items-center gap-1.5 max-md:-mx-4 max-md:-my-1 max-md:w-[calc(100%+2rem)] max-md:overflow-x-auto max-md:px-4 max-md:py-1 md:flex-wrap [&>*]:shrink-0"
    >
      {children}
    </div>
  );
}
