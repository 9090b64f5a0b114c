import { BarList } from "@/components/ui/bar-list";
import { Panel } from "@/components/ui/panel";
import { ChartLegend } from "@/components/ui/stacked-bars";
import { StoredText } from "@/components/ui/stored-text";
import { CANCEL_CAUSES, type CancelCounts } from "@/lib/contract/overview";
import { CancelsChart } from "./cancels-chart";
import { CAUSE_FILLS } from "./cause-patterns";

/** Two weeks of cancels: when, why and by whom, as a chart and as numbers. */
export function CancelsPanel({ counts: { days, people } }: { counts: CancelCounts }) {
  return (
    <Panel id="cancels" title="Cancellations, last 14 days">
      <div className="grid gap-5 p-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid content-start gap-2">
          <h3 className="text-ink-muted text-sm font-medium">By day and reason</h3>
          {/* A narrower chart's text would be too small to read; the oldest days scroll out of view. */}
          <div
            tabIndex={0}
            role="region"
            aria-label="Cancellations per day as a chart"
            className="overflow-x-auto [direction:rtl]"
          >
            <div className="min-w-[32rem] [direction:ltr]">
              <CancelsChart days={days} />
            </div>
          </div>
          <ChartLegend
            items={CANCEL_CAUSES.filter((cause) => days.some(({ byCause }) => byCause[cause] > 0)).map(
              (cause) => ({ text: cause, fill: CAUSE_FILLS[cause] }),
            )}
          />
        </div>
        <PeopleBars people={people} />
      </div>
      <details className="border-t px-4 py-2">
        <summary className="text-accent w-fit py-0.5">View as table</summary>
        <div
          className="mt-2 overflow-x-auto"
          tabIndex={0}
          role="region"
          aria-label="Cancellations per day as a table"
        >
          <table className="w-full text-right tabular-nums">
            <thead>
              <tr className="text-ink-muted text-sm">
                <th scope="col" className="py-1 pr-3 text-left font-medium">
                  Day
                </th>
                {CANCEL_CAUSES.map((cause) => (
                  <th key={cause} scope="col" className="px-2 font-medium whitespace-nowrap">
                    {cause}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map(({ day, byCause }) => (
                <tr key={day} className="border-t">
                  <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
                    {day}
                  </th>
                  {CANCEL_CAUSES.map((cause) => (
                    <td key={cause} className="px-2">
                      {byCause[cause]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Panel>
  );
}

function PeopleBars({ people }: Pick<CancelCounts, "people">) {
  const bars = people.map(({ name, count }, index) => ({
    key: `${index} ${name}`,
    label: <StoredText>{name}</StoredText>,
    count,
  }));
  return (
    <div className="grid content-start gap-2">
      <h3 className="text-ink-muted text-sm font-medium">By person or key</h3>
      {people.length === 0 && <p className="text-ink-muted">No cancellations.</p>}
      <BarList bars={bars} />
    </div>
  );
}
