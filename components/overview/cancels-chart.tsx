import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import { CANCEL_CAUSES, type CancelCause, type CancelCounts } from "@/lib/contract/overview";
import { CAUSE_FILLS, CausePatterns } from "./cause-patterns";

type Day = CancelCounts["days"][number];

const WIDTH = 640;
const HEIGHT = 200;
/** The scale stands at the right: where there is no room for all days, the newest ones are seen, and with them the scale. */
const MARGIN = { top: 8, right: 32, bottom: 24, left: 8 };
const TICKS = 4;
/** A part of the drawing, which has no room for larger ones; the table below it has. */
const LABEL = 11;

/** Cancels per day, stacked by cause: told apart by pattern as well as by colour. Drawn on the server, as an image. */
export function CancelsChart({ days }: { days: Day[] }) {
  const most = Math.max(1, ...days.map(totalOf));
  const x = scaleBand(
    days.map(({ day }) => day),
    [MARGIN.left, WIDTH - MARGIN.right],
  ).paddingInner(0.3);
  const y = scaleLinear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(TICKS);
  const layers = stack<Day, CancelCause>()
    .keys(CANCEL_CAUSES)
    .value(({ byCause }, cause) => byCause[cause])(days);
  const ticks = y.ticks(TICKS).filter(Number.isInteger);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={describe(days)}
      fontSize={LABEL}
      className="h-auto w-full"
    >
      <CausePatterns />
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line x1={MARGIN.left} x2={WIDTH - MARGIN.right} className="stroke-line" />
          <text x={WIDTH - MARGIN.right + 6} dy="0.32em" className="fill-ink-muted tabular-nums">
            {tick}
          </text>
        </g>
      ))}
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
      {days.map(({ day }, index) => (
        <text
          key={day}
          x={x(day)! + x.bandwidth() / 2}
          y={HEIGHT - 8}
          textAnchor="middle"
          className="fill-ink-muted tabular-nums"
        >
          {/* Every other day, or they would touch. */}
          {index % 2 === (days.length - 1) % 2 ? day.slice(5) : ""}
        </text>
      ))}
    </svg>
  );
}

const totalOf = ({ byCause }: Day): number => CANCEL_CAUSES.reduce((sum, cause) => sum + byCause[cause], 0);

function describe(days: Day[]): string {
  const total = days.reduce((sum, day) => sum + totalOf(day), 0);
  const top = days.toSorted((a, b) => totalOf(b) - totalOf(a))[0];
  if (!top || total === 0) return "Cancels per day: none in two weeks.";
  return `Cancels per day by cause: ${total} in two weeks, most on ${top.day} with ${totalOf(top)}.`;
}
