import { type ChartPattern, ChartPatterns } from "@/components/ui/chart-patterns";
import { Moment } from "@/components/ui/moment";
import { ChartLegend, StackedBars } from "@/components/ui/stacked-bars";
import type { KeyActivity } from "@/lib/contract/keys";
import { totalOf } from "./total-of";

type Hour = KeyActivity["hours"][number];

const OUTCOMES = ["live", "succeeded", "failed", "canceled"] as const;
type Outcome = (typeof OUTCOMES)[number];

const WORDS: Record<Outcome, string> = {
  live: "Live",
  succeeded: "Succeeded",
  failed: "Failed",
  canceled: "Canceled",
};

const FILLS: Record<Outcome, string> = {
  live: "var(--status-running)",
  succeeded: "url(#hour-succeeded)",
  failed: "url(#hour-failed)",
  canceled: "url(#hour-canceled)",
};

const PATTERNS: readonly ChartPattern[] = [
  { id: "hour-succeeded", shape: "lines", on: "success-tint", color: "status-succeeded" },
  { id: "hour-failed", shape: "dots", on: "danger-tint", color: "status-failed" },
  { id: "hour-canceled", shape: "thin stripes", on: "sunken", color: "status-canceled" },
];

/** Runs created per hour, stacked by outcome, as an image and as a table. */
export function HoursChart({ hours }: { hours: readonly Hour[] }) {
  const most = Math.max(...hours.map(totalOf));
  const bars = hours.map((hour) => ({
    key: hour.from,
    parts: OUTCOMES.map((outcome) => hour[outcome]),
  }));
  return (
    <div className="grid content-start gap-2">
      <div className="text-ink-muted flex items-baseline justify-between gap-3 text-sm">
        <h3 className="font-medium">Runs created per hour</h3>
        {most > 0 && <span className="tabular-nums">Peak {most.toLocaleString("en")}</span>}
      </div>
      {most === 0 ? (
        <p className="text-ink-muted">None in the last 24 hours.</p>
      ) : (
        <>
          <div>
            <StackedBars
              bars={bars}
              fills={OUTCOMES.map((outcome) => FILLS[outcome])}
              text={describe(hours)}
              width={480}
              height={150}
              margin={{ top: 2, bottom: 2 }}
              gap={0.2}
            >
              <ChartPatterns patterns={PATTERNS} />
            </StackedBars>
            {/* Outside the image, so that the text keeps its size on narrow screens. */}
            <ul aria-hidden className="text-ink-muted flex justify-between text-xs tabular-nums">
              {[24, 18, 12, 6].map((ago) => (
                <li key={ago}>{ago} h ago</li>
              ))}
              <li>now</li>
            </ul>
          </div>
          <ChartLegend
            items={OUTCOMES.filter((outcome) => hours.some((hour) => hour[outcome] > 0)).map((outcome) => ({
              text: WORDS[outcome],
              fill: FILLS[outcome],
            }))}
          />
        </>
      )}
    </div>
  );
}

export function HoursTable({ hours }: { hours: readonly Hour[] }) {
  return (
    <details className="border-t px-4 py-2">
      <summary className="text-accent w-fit py-0.5">View as table</summary>
      <div className="mt-2 overflow-x-auto" tabIndex={0} role="region" aria-label="Runs per hour as a table">
        <table className="w-full text-right tabular-nums">
          <thead>
            <tr className="text-ink-muted text-sm">
              <th scope="col" className="py-1 pr-3 text-left font-medium">
                Hour from
              </th>
              {OUTCOMES.map((outcome) => (
                <th key={outcome} scope="col" className="px-2 font-medium whitespace-nowrap">
                  {WORDS[outcome]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hours.toReversed().map((hour) => (
              <tr key={hour.from} className="border-t">
                <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
                  <Moment time={hour.from} />
                </th>
                {OUTCOMES.map((outcome) => (
                  <td key={outcome} className="px-2">
                    {hour[outcome].toLocaleString("en")}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function describe(hours: readonly Hour[]): string {
  const total = hours.reduce((sum, hour) => sum + totalOf(hour), 0);
  const most = Math.max(...hours.map(totalOf));
  if (total === 0) return "Runs created per hour: none in 24 hours.";
  const ago = hours.length - 1 - hours.findIndex((hour) => totalOf(hour) === most);
  const when = ago === 0 ? "in the last hour" : `${ago} hours ago`;
  return `Runs created per hour: ${total.toLocaleString("en")} in 24 hours, most ${when} with ${most.toLocaleString("en")}.`;
}
