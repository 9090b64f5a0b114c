import { LatencyChart } from "@/components/runs/latency-chart";
import { PROFILE, RUNS } from "./sample";
import { Specimen } from "./section";

const SAMPLES = { "Within the typical range": 6_500, "Past the p95": 240_000 };

export function LatencySample() {
  return (
    <div className="grid gap-4 md:grid-cols-2">
      {Object.entries(SAMPLES).map(([name, ms]) => (
        <Specimen key={name} name={name}>
          <LatencyChart run={{ ...RUNS[0]!, duration_ms: ms }} profile={PROFILE} />
        </Specimen>
      ))}
    </div>
  );
}
