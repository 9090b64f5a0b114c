import { Send } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { StoredText } from "@/components/ui/stored-text";
import { Moment } from "@/components/ui/moment";
import { formatClock, formatDuration } from "@/lib/client/format-time";
import type { TimelineItem } from "./build-timeline";
import { StatusIcon } from "./status-icon";

type Props = {
  items: TimelineItem[];
  /** Shown under the last step: who canceled the run and why, or how long it has been in that state. */
  ending: ReactNode;
};

export function Timeline({ items, ending }: Props) {
  const createdAt = Date.parse(items[0]?.at ?? "");
  const lastStep = items.findLast((item) => item.kind === "step")?.key;
  return (
    <ol className="px-4 py-3">
      {items.map((item) => (
        <li
          key={item.key}
          data-ghost={item.kind === "ghost" || undefined}
          className="relative grid grid-cols-[5.75rem_1rem_minmax(0,1fr)] gap-x-3 pb-4 last:pb-0"
        >
          <Place at={item.at} afterMs={item === items[0] ? null : Date.parse(item.at) - createdAt} />
          <Rail isLast={item === items.at(-1)} isGhost={item.kind !== "step"} />
          <Mark item={item} isPast={item.key !== lastStep} />
          <div className="min-w-0">
            <p className={cx(item.kind !== "attempt" ? "font-medium" : "text-ink-muted")}>{item.title}</p>
            {item.note && (
              <p className={cx("text-sm", item.kind === "attempt" ? "text-ink-muted" : "text-ink")}>
                <StoredText>{item.note}</StoredText>
              </p>
            )}
            {item.key === lastStep && ending}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Rail({ isLast, isGhost }: { isLast: boolean; isGhost: boolean }) {
  if (isLast) return null;
  return (
    <span
      aria-hidden
      className={cx(
        "absolute top-5 bottom-0 left-[calc(6.5rem+7.5px)] border-l",
        isGhost ? "border-control border-dashed" : "border-line-strong",
      )}
    />
  );
}

function Mark({ item, isPast }: { item: TimelineItem; isPast: boolean }) {
  if (item.kind === "attempt") return <Send aria-hidden className="text-ink-muted mt-0.5 size-4 p-px" />;
  if (item.kind === "step")
    return <StatusIcon status={item.status} isStill={isPast} className="mt-0.5 size-4" />;
  return <span aria-hidden className="border-control mt-0.5 size-4 rounded-full border border-dashed" />;
}

/** Clock time, and time since creation; the first step shows its day instead. */
function Place({ at, afterMs }: { at: string; afterMs: number | null }) {
  return (
    <div className="text-ink-muted text-right text-sm whitespace-nowrap tabular-nums">
      <Moment time={at} className="mono">
        {formatClock(at)}
      </Moment>
      <span className="text-ink-faint block">
        {afterMs === null ? at.slice(0, 10) : `+${formatDuration(afterMs)}`}
      </span>
    </div>
  );
}
