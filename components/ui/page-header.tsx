import type { ReactNode } from "react";

export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex min-h-14 flex-wrap items-center justify-between gap-x-3 gap-y-1.5 px-4 pt-2.5 pb-2 lg:px-6">
      <h1 className="text-lg font-semibold">{title}</h1>
      {children}
    </header>
  );
}
