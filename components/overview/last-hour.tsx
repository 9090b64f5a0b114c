import Link from "next/link";
import type { ReactNode } from "react";
import { formatDuration } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { LastHour as Hour } from "@/lib/contract/overview";
import { SparkBars } from "./spark-bars";

/** The platform at a glance: four figures, each linked to its list. */
export function LastHour({ hour }: { hour: Hour }) {
  const { steps, ended, failed, p50_ms, p95_ms, active, has_more_active } = hour;
  const share = ended === 0 ? 0 : (100 * failed) / ended;
  return (
    <section aria-labelledby="last-hour">
      <h2 id="last-hour" className="sr-only">
        Last hour
      </h2>
      <ul className="bg-surface grid grid-cols-2 overflow-hidden rounded-lg border lg:grid-cols-4">
        <Figure
          name="Runs ended, last hour"
          href={paths.runs({ age: "1h" })}
          value={ended.toLocaleString("en")}
          note={
            <>
              <span className="whitespace-nowrap">{formatRate(ended)} per minute</span>
              <SparkBars values={steps.map((step) => step.ended)} label="Runs ended, every 5 minutes" />
            </>
          }
        />
        <Figure
          name="Failed, last hour"
          href={paths.runs({ status: "failed", age: "1h" })}
          value={`${share < 10 ? share.toFixed(1) : Math.round(share)}%`}
          note={
            <>
              <span className="whitespace-nowrap">{failed.toLocaleString("en")} runs</span>
              <SparkBars
                values={steps.map((step) => step.failed)}
                label="Failures, every 5 minutes"
                isDanger
              />
            </>
          }
        />
        <Figure
          name="Latency, last hour"
          href={paths.runs({ status: "succeeded", age: "1h", sort: "duration_ms:desc" })}
          value={p50_ms === null ? "–" : formatDuration(p50_ms)}
          note={p95_ms === null ? "No run succeeded" : `median; 95% within ${formatDuration(p95_ms)}`}
        />
        <Figure
          name="In progress now"
          href={paths.runs({ status: "queued,dispatching,running" })}
          value={`${active.toLocaleString("en")}${has_more_active ? "+" : ""}`}
          note="queued, dispatching or running"
        />
      </ul>
    </section>
  );
}

/** Per minute: "0.4", "19", "1,150". */
function formatRate(perHour: number): string {
  const rate = perHour / 60;
  return rate === 0 || rate >= 10 ? Math.round(rate).toLocaleString("en") : rate.toFixed(1);
}

type FigureProps = { name: string; href: string; value: string; note: ReactNode };

const Figure = ({ name: title, href, value, note }: FigureProps) => (
  <li className="hover:bg-hover relative -mt-px -ml-px grid grid-cols-[minmax(0,1fr)] content-start gap-1 border-t border-l px-4 py-3">
    <Link href={href} prefetch={false} className="stretched text-ink-muted text-sm">
      {title}
    </Link>
    <span className="text-xl font-semibold tracking-tight tabular-nums">{value}</span>
    <span className="text-ink-muted flex min-h-5 items-end justify-between gap-3 text-sm text-pretty">
      {note}
    </span>
  </li>
);
