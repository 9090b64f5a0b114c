import type { Share } from "./outcome-shares";

type Props = { shares: readonly Share[]; total: number };

/** Runs by outcome as one bar. The legend has the numbers. */
export const ShareBar = ({ shares, total }: Props) => (
  <div
    aria-hidden
    className="bg-sunken border-line-strong relative flex h-3 w-full overflow-hidden rounded-full border"
  >
    <svg className="absolute size-0">
      <Patterns />
    </svg>
    {shares
      .filter(({ runs }) => runs > 0)
      .map(({ label, runs, fill }) => (
        <svg key={label} className="h-full" style={{ width: `${(100 * runs) / Math.max(total, 1)}%` }}>
          <rect width="100%" height="100%" fill={fill} />
        </svg>
      ))}
  </div>
);

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

/** Stripes, dots, a grid and crosses tell the outcomes apart without their color. */
const Patterns = () => (
  <defs>
    <pattern
      id="share-stripes"
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width="6" height="6" fill="var(--success-tint)" />
      <rect width="3" height="6" fill="var(--status-succeeded)" />
    </pattern>
    <pattern id="share-dots" width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" fill="var(--sunken)" />
      <circle cx="3" cy="3" r="1.8" fill="var(--status-queued)" />
    </pattern>
    <pattern id="share-grid" width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" fill="var(--warn-tint)" />
      <path d="M0 3h6M3 0v6" stroke="var(--status-partial)" strokeWidth="1.4" />
    </pattern>
    <pattern id="share-cross" width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" fill="var(--danger-tint)" />
      <path d="M0 0l6 6M6 0l-6 6" stroke="var(--status-failed)" strokeWidth="1.4" />
    </pattern>
  </defs>
);
