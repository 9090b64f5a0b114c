import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import { formatDay } from "@/lib/client/format-time";
import { CANCEL_CAUSES, type CancelCause, type CancelCounts } from "@/lib/contract/overview";
import { CAUSE_FILLS, CausePatterns } from "./cause-patterns";

type Day = CancelCounts["days"][number];

const WIDTH = 640;
const HEIGHT = 160;
/** Room for a total above each bar and a date below. */
const MARGIN = { top: 18, bottom: 22 };
/** Fixed text size: a drawing has no room for larger text. The table below it does. */
const LABEL = 11;

/**
 * Cancellations per day, stacked by cause, in distinct patterns and colors. Drawn on the server, as an image.
 */
export function CancelsChart({ days }: { days: Day[] }) {
  const most = Math.max(1, ...days.map(totalOf));
  const ground = HEIGHT - MARGIN.bottom;
  const x = scaleBand(
    days.map(({ day }) => day),
    [0, WIDTH],
  ).paddingInner(0.35);
  const y = scaleLinear([0, most], [ground, MARGIN.top]);
  const layers = stack<Day, CancelCause>()
    .keys(CANCEL_CAUSES)
    .value(({ byCause }, cause) => byCause[cause])(days);
  // Right-aligned: centered, the last date would be cut off with larger text.
  const placeDate = (index: number) => {
    const left = x(days[index]!.day)!;
    return index === days.length - 1
      ? ({ x: left + x.bandwidth(), textAnchor: "end" } as const)
      : { x: left + x.bandwidth() / 2 };
  };
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={describe(days)}
      fontSize={LABEL}
      textAnchor="middle"
      className="h-auto w-full"
    >
      <CausePatterns />
      <line x1={0} x2={WIDTH} y1={ground} y2={ground} className="stroke-line-strong" />
      {layers.map((layer) =>
        layer.map(([from, to], index) => (
          <rect
            key={`${layer.key} ${days[index]!.day}`}
            x={x(days[index]!.day)}
            y={y(to)}
            width={x.bandwidth()}
            height={y(from) - y(to)}
            fill={CAUSE_FILLS[layer.key]}
            className="stroke-surface"
            strokeWidth={to > from ? 1 : 0}
          />
        )),
      )}
      {days.map((day, index) => {
        const middle = x(day.day)! + x.bandwidth() / 2;
        const total = totalOf(day);
        return (
          <g key={day.day} className="fill-ink-muted tabular-nums">
            {total > 0 && (
              <text x={middle} y={y(total) - 5} className="fill-ink">
                {total}
              </text>
            )}
            <text {...placeDate(index)} y={HEIGHT - 6}>
              {/* Every other day; all of them would touch. */}
              {index % 2 === (days.length - 1) % 2 ? formatDay(day.day) : ""}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

const totalOf = ({ byCause }: Day): number => CANCEL_CAUSES.reduce((sum, cause) => sum + byCause[cause], 0);

function describe(days: Day[]): string {
  const total = days.reduce((sum, day) => sum + totalOf(day), 0);
  const top = days.toSorted((a, b) => totalOf(b) - totalOf(a))[0];
  if (!top || total === 0) return "Cancellations per day: none in 14 days.";
  return `Cancellations per day by reason: ${total} in 14 days, most on ${formatDay(top.day)} with ${totalOf(top)}.`;
}
