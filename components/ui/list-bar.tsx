import type { ReactNode } from "react";

/** Stays at the bottom of the screen while a list has a selection or a message. */
export const ListBar = ({ children }: { children: ReactNode }) => (
  <div
    data-list-bar
    className="bg-surface shadow-popup sticky bottom-0 z-15 flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 border-t px-4 py-1.5 lg:px-6"
  >
    {children}
  </div>
);
