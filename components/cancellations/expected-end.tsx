"use client";

import { useTimedText } from "@/components/ui/clock";
import type { LatencyFigures } from "@/components/runs/latency-profile";
import { formatRough } from "@/lib/client/format-time";
import type { RunFacts } from "@/lib/client/runs";

/** Runs that take longer give time enough to cancel them. */
const SHORT_MS = 2 * 60_000;

/** Warns that a fast model's run may finish before someone has typed a reason to cancel it. */
export function ExpectedEnd({ run, profile }: { run: RunFacts; profile: LatencyFigures | undefined }) {
  const words = useTimedText((now) => {
    const elapsed = now - Date.parse(run.created_at);
    if (!profile || profile.p50Ms > SHORT_MS || elapsed > profile.p95Ms) return "";
    const left = profile.p50Ms - elapsed;
    return left < 1_000
      ? "Runs of this model usually end by now, so this one may end at any moment."
      : `Expected to end in about ${formatRough(left)}, perhaps before you cancel it.`;
  });
  // It counts on: nobody wants to hear it each second.
  return words && <p aria-live="off">{words}</p>;
}
