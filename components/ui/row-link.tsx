"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./class-names";

type Props = { href: string; title?: string | undefined; className?: string; children: ReactNode };

/** Makes its whole row a link; `j`, `k` and Enter find it by `data-row`. */
export const RowLink = ({ href, title, className, children }: Props) => (
  <Link
    href={href}
    prefetch={false}
    data-row
    title={title}
    className={cx("stretched outline-none", className)}
  >
    {children}
  </Link>
);

/** Makes its whole row a button that opens a dialog; the table's `onOpen` handles it. */
export const RowButton = ({ children }: { children: ReactNode }) => (
  <button type="button" data-row aria-haspopup="dialog" className="stretched cursor-pointer outline-none">
    {children}
  </button>
);
