import type { ReactNode } from "react";
import { Brand } from "./brand";

/** A page without the console's frame: the brand and a message. */
export function BarePage({ children }: { children: ReactNode }) {
  return (
    <main className="grid min-h-dvh content-center px-4 py-10">
      <div className="text-md flex justify-center">
        <Brand />
      </div>
      {children}
    </main>
  );
}
