import type { ReactNode } from "react";

type Props = { title: string; children: ReactNode; actions?: ReactNode; as?: "h1" | "h2" };

/** Says that something is empty, why, and what to do next. */
export function EmptyState({ title, children, actions, as: Heading = "h2" }: Props) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-16 text-center">
      <Heading className="text-md font-semibold">{title}</Heading>
      <div className="text-ink-muted mt-1.5 text-balance">{children}</div>
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
