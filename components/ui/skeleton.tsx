import { cx } from "./class-names";

type Props = { className: string; /** Chips are round. */ isRound?: boolean };

/** A placeholder of the final size. */
export function Skeleton({ className, isRound = false }: Props) {
  return (
    <span
      aria-hidden
      className={cx("breathing bg-line block", isRound ? "rounded-full" : "rounded-sm", className)}
    />
  );
}
