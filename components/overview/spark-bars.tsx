import { cx } from "@/components/ui/class-names";
import { shareClass } from "@/components/ui/share-class";

type Props = { values: readonly number[]; label: string; isDanger?: boolean };

/** Small bars without a scale: they show when something rose, not how far. */
export function SparkBars({ values, label, isDanger = false }: Props) {
  const most = Math.max(1, ...values);
  return (
    <span
      role="img"
      title={label}
      aria-label={`${label}: ${values.join(", ")}`}
      className="flex h-5 w-24 min-w-0 items-end gap-0.5"
    >
      {values.map((value, index) => (
        <span
          key={index}
          className={cx(
            "filled h-(--share) flex-1 rounded-[1px]",
            shareClass(Math.max(8, (100 * value) / most)),
            value === 0 ? "bg-line" : isDanger ? "bg-status-failed" : "bg-status-running",
          )}
        />
      ))}
    </span>
  );
}
