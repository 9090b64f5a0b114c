import type { ReactNode } from "react";
import { cx } from "./class-names";
import { shareClass } from "./share-class";

type Props = { bars: readonly { key: string; label: ReactNode; count: number }[] };

/** Counts with a bar each, largest first. */
export function BarList({ bars }: Props) {
  const most = bars[0]?.count ?? 1;
  return (
    <ul className="grid gap-2">
      {bars.map(({ key, label, count }) => (
        <li key={key} className="grid gap-0.5">
          <div className="flex justify-between gap-3">
            <span className="min-w-0 truncate">{label}</span>
            <span className="tabular-nums">{count.toLocaleString("en")}</span>
          </div>
          <span aria-hidden className="bg-sunken block h-1.5 overflow-hidden rounded-full">
            <span
              className={cx(
                "filled bg-accent-solid block h-full w-(--share) min-w-0.5",
                shareClass((100 * count) / most),
              )}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
