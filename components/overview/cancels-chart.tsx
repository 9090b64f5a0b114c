import { ChartPatterns } from "@/components/ui/chart-patterns";
import { StackedBars } from "@/components/ui/stacked-bars";
import { formatDay } from "@/lib/client/format-time";
import { CANCEL_CAUSES, type CancelCounts } from "@/lib/contract/overview";
import { CAUSE_FILLS, CAUSE_PATTERNS } from "./cause-patterns";

type Day = CancelCounts["days"][number];

/** Cancellations per day, stacked by cause, in distinct patterns and colors. */
export function CancelsChart({ days }: { days: Day[] }) {
  const bars = days.map((day, index) => ({
    key: day.day,
    parts: CANCEL_CAUSES.map((cause) => day.byCause[cause]),
    total: totalOf(day) > 0 ? String(totalOf(day)) : undefined,
    // Every other day; all of them would touch.
    label: index % 2 === (days.length - 1) % 2 ? formatDay(day.day) : undefined,
  }));
  return (
    <StackedBars
      bars={bars}
      fills={CANCEL_CAUSES.map((cause) => CAUSE_FILLS[cause])}
      text={describe(days)}
      width={640}
      height={160}
      margin={{ top: 18, bottom: 22 }}
    >
      <ChartPatterns patterns={CAUSE_PATTERNS} />
    </StackedBars>
  );
}

const totalOf = ({ byCause }: Day): number => CANCEL_CAUSES.reduce((sum, cause) => sum + byCause[cause], 0);

function describe(days: Day[]): string {
  const total = days.reduce((sum, day) => sum + totalOf(day), 0);
  const top = days.toSorted((a, b) => totalOf(b) - totalOf(a))[0];
  if (!top || total === 0) return "Cancellations per day: none in 14 days.";
  return `Cancellations per day by reason: ${total} in 14 days, most on ${formatDay(top.day)} with ${totalOf(top)}.`;
}
