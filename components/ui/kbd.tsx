import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="border-line-strong bg-sunken text-ink-muted inline-flex h-5 min-w-5 items-center justify-center rounded-sm border px-1 font-sans text-xs whitespace-nowrap">
      {children}
    </kbd>
  );
}
