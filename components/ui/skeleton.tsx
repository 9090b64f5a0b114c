import { cx } from "./class-names";

/** Holds the place of something that is on its way, in the size that it will have. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden className={cx("breathing bg-line block rounded-sm", className)} />;
}
