import { cx } from "./class-names";

type Props = { className: string; /** A chip's place is round. */ isRound?: boolean };

/** Holds the place of something that is on its way, in the size that it will have. */
export function Skeleton({ className, isRound = false }: Props) {
  return (
    <span
      aria-hidden
      className={cx("breathing bg-line block", isRound ? "rounded-full" : "rounded-sm", className)}
    />
  );
}
