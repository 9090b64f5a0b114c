import type { ReactNode } from "react";
import { cx } from "./class-names";

export type Column<R> = {
  id: string;
  head: string;
  cell: (row: R) => ReactNode;
  /** Class names. A column without one takes the remaining width. */
  width?: string;
  /** Hidden on narrower screens and on cards. */
  from?: "lg" | "xl" | "2xl";
  isNumber?: boolean;
  /** Its place on a card, a grid with three columns. */
  card?: { order: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8; span?: 2 | 3; isRight?: boolean };
  className?: string;
  title?: (row: R) => string | undefined;
  /** The sort key of this column's header. */
  sort?: string;
};

// Tailwind finds class names only if they are written in full.
const FROM = { lg: "max-lg:hidden", xl: "max-xl:hidden", "2xl": "max-2xl:hidden" };
const ORDER = {
  1: "max-md:order-1",
  2: "max-md:order-2",
  3: "max-md:order-3",
  4: "max-md:order-4",
  5: "max-md:order-5",
  6: "max-md:order-6",
  7: "max-md:order-7",
  8: "max-md:order-8",
};
const SPAN = { 2: "max-md:col-span-2", 3: "max-md:col-span-3" };

export const headStyle = <R>({ width, from, isNumber }: Column<R>): string =>
  cx(width, from && FROM[from], isNumber && "text-right");

export const cellStyle = <R>({ from, isNumber, card, className }: Column<R>): string =>
  cx(
    from && FROM[from],
    isNumber && "text-right tabular-nums",
    card && ORDER[card.order],
    card?.span && SPAN[card.span],
    card?.isRight && "max-md:text-right",
    className,
  );
