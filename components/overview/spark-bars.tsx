import { cx } from "@/components/ui/class-names";

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
          style={{ height: `${Math.max(8, (100 * value) / most)}%` }}
          className={cx(
            "filled flex-1 rounded-[1px]",
            value === 0 ? "bg-line" : isDanger ? "bg-status-failed" : "bg-status-running",
          )}
        />
      ))}
    </span>
  );
}
