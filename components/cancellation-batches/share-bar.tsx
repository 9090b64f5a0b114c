import { type ChartPattern, ChartPatterns } from "@/components/ui/chart-patterns";
import type { Share } from "./outcome-shares";

type Props = { shares: readonly Share[]; total: number };

/** Runs by outcome as one bar. The legend has the numbers. */
export const ShareBar = ({ shares, total }: Props) => (
  <div aria-hidden className="bg-sunken border-line-strong h-3 w-full overflow-hidden rounded-full border">
    <svg className="size-full">
      <ChartPatterns patterns={PATTERNS} />
      {shares.map(({ label, runs, fill }, index) => (
        <rect
          key={label}
          x={percentOf(
            shares.slice(0, index).reduce((sum, share) => sum + share.runs, 0),
            total,
          )}
          width={percentOf(runs, total)}
          height="100%"
          fill={fill}
        />
      ))}
    </svg>
  </div>
);

const percentOf = (runs: number, total: number): string => `${(100 * runs) / Math.max(total, 1)}%`;

export const ShareLegend = ({ shares }: Pick<Props, "shares">) => (
  <dl className="grid grid-cols-[repeat(3,auto)] justify-start gap-x-8 gap-y-2 sm:flex sm:flex-wrap">
    {shares.map(({ label, runs, fill }) => (
      <div key={label}>
        <dt className="text-ink-muted flex items-center gap-1.5 text-sm">
          <svg aria-hidden viewBox="0 0 12 12" className="size-3">
            <rect width="12" height="12" rx="2" fill={fill} className="stroke-line-strong" />
          </svg>
          {label}
        </dt>
        <dd
          className={
            runs === 0 ? "text-md text-ink-muted tabular-nums" : "text-md font-semibold tabular-nums"
          }
        >
          {runs.toLocaleString("en")}
        </dd>
      </div>
    ))}
  </dl>
);

const PATTERNS: readonly ChartPattern[] = [
  { id: "share-stripes", shape: "stripes", on: "success-tint", color: "status-succeeded" },
  { id: "share-dots", shape: "dots", on: "sunken", color: "status-queued" },
  { id: "share-grid", shape: "grid", on: "warn-tint", color: "status-partial" },
  { id: "share-crosses", shape: "crosses", on: "danger-tint", color: "status-failed" },
];
