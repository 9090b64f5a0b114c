import { Panel } from "@/components/ui/panel";
import { formatRough } from "@/lib/client/format-time";
import type { RunFacts } from "@/lib/client/runs";
import { LatencyChart } from "./latency-chart";
import { describeBasis, type LatencyProfile } from "./latency-profile";
import { LatencyScale } from "./latency-scale";

/** This run's latency compared with its model's, as a chart and figures. */
export function LatencyPanel({ run, profile }: { run: RunFacts; profile: LatencyProfile }) {
  const { density, p50Ms, p95Ms, p99Ms } = profile;
  const figures = [
    { name: "50% within", ms: p50Ms },
    { name: "95% within", ms: p95Ms },
    ...(p99Ms === null ? [] : [{ name: "99% within", ms: p99Ms }]),
  ];
  return (
    <Panel id="latency" title="Latency">
      <div className="grid gap-3 px-4 py-3">
        {density && p99Ms !== null ? (
          <LatencyChart run={run} profile={{ ...profile, density, p99Ms }} />
        ) : (
          <LatencyScale run={run} profile={profile} />
        )}
        <dl className="grid grid-cols-3 gap-3">
          {figures.map(({ name: share, ms }) => (
            <div key={share}>
              <dt className="text-ink-muted text-sm">{share}</dt>
              <dd className="font-medium tabular-nums">{formatRough(ms)}</dd>
            </div>
          ))}
        </dl>
        <p className="text-ink-muted text-sm">{describeBasis(profile)}</p>
      </div>
    </Panel>
  );
}
