import type { ReactNode } from "react";

type SectionProps = {
  id: string;
  title: string;
  /** Its purpose, in a sentence. */ about: string;
  children: ReactNode;
};

/** One family of components, with its rule. */
export function Section({ id, title, about, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-4 border-t px-4 py-6 lg:px-6">
      <div className="grid gap-1">
        <h2 id={id} className="text-md font-semibold">
          {title}
        </h2>
        <p className="text-ink-muted max-w-prose">{about}</p>
      </div>
      {children}
    </section>
  );
}

/** One state and its name. */
export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-2">
      <h3 className="text-ink-muted text-sm font-medium">{name}</h3>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

/** Small states, in a row that wraps on narrow screens. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-2">{children}</div>;
}
