import Link from "next/link";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { buttonStyle } from "@/components/ui/button-style";
import { paths } from "@/lib/client/paths";

/** The frame of the reference for visitors without a session. */
export function ReferenceFrame({ path, children }: { path: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="bg-surface flex items-center justify-between gap-3 border-b px-4 py-2 lg:px-6">
        <Link
          href={paths.reference()}
          prefetch={false}
          aria-label="Runflow: API reference"
          className="rounded py-1"
        >
          <Brand />
        </Link>
        <Link href={paths.signIn(path)} prefetch={false} className={buttonStyle("secondary", "sm")}>
          Sign in
        </Link>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto flex w-full max-w-[90rem] flex-1 flex-col outline-none"
      >
        {children}
      </main>
    </div>
  );
}
