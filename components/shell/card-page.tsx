import type { ReactNode } from "react";
import { Brand } from "./brand";

type Props = { title: string; about: string; children: ReactNode };

/** A page for signed-out people: the brand and one centered form. */
export function CardPage({ title, about, children }: Props) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[22rem]">
        <div className="text-md mb-6 flex justify-center">
          <Brand />
        </div>
        <div className="bg-surface rounded-lg border p-6">
          <h1 className="text-lg font-semibold">{title}</h1>
          <p className="text-ink-muted mt-1 mb-5">{about}</p>
          {children}
        </div>
      </div>
    </main>
  );
}
