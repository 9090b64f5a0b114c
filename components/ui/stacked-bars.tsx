import type { ReactNode } from "react";
import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";

type Bar = {
  key: string;
  parts: readonly number[];
  /** Above the bar. */
  total?: string | undefined;
  /** Below the bar. */
  label?: string | undefined;
};

type Props = {
  bars: readonly Bar[];
  /** The fill of each part, from the bottom; a pattern's `url(#…)` besides the color. */
  fills: readonly string[];
  /** The image in words. */
  text: string;
  width: number;
  height: number;
  /** Room for totals above the bars, and for labels below. */
  margin: { top: number; bottom: number };
  /** The share of a bar's place that is left empty. */
  gap?: number;
  /** The patterns. */
  children: ReactNode;
};

/** Fixed text size: a drawing has no room for larger text. The table below it does. */
const LABEL = 11;

/** A stacked bar chart, drawn on the server, as an image. */
export function StackedBars(props: Props) {
  const { bars, fills, text, width, height, margin, gap = 0.35, children } = props;
  const totals = bars.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const ground = height - margin.bottom;
  const x = scaleBand(
    bars.map(({ key }) => key),
    [0, width],
  ).paddingInner(gap);
  const y = scaleLinear([0, Math.max(1, ...totals)], [ground, margin.top]);
  const layers = stack<Bar, number>()
    .keys(fills.keys())
    .value(({ parts }, part) => parts[part] ?? 0)([...bars]);
  // Aligned with the edge: centered, the first and last label could be cut off.
  const place = (key: string, index: number) => {
    const left = x(key)!;
    if (index === bars.length - 1) return { x: left + x.bandwidth(), textAnchor: "end" } as const;
    return { x: left + x.bandwidth() / 2 };
  };
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={text}
      fontSize={LABEL}
      textAnchor="middle"
      className="h-auto w-full"
    >
      {children}
      <line x1={0} x2={width} y1={ground} y2={ground} className="stroke-line-strong" />
      {layers.map((layer) =>
        layer.map(([from, to], index) => (
          <rect
            key={`${layer.key} ${bars[index]!.key}`}
            x={x(bars[index]!.key)}
            y={y(to)}
            width={x.bandwidth()}
            height={y(from) - y(to)}
            fill={fills[layer.key]}
            className="stroke-surface"
            strokeWidth={to > from ? 1 : 0}
          />
        )),
      )}
      {bars.map(({ key, total, label }, index) => (
        <g key={key} className="fill-ink-muted tabular-nums">
          {total !== undefined && (
            <text x={x(key)! + x.bandwidth() / 2} y={y(totals[index]!) - 5} className="fill-ink">
              {total}
            </text>
          )}
          {label !== undefined && (
            <text {...place(key, index)} y={height - 6}>
              {label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

export function ChartLegend({ items }: { items: readonly { text: string; fill: string }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {items.map(({ text, fill }) => (
        <li key={text} className="inline-flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 12 12" className="size-3">
            <rect width="12" height="12" rx="2" fill={fill} className="stroke-line-strong" />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}
