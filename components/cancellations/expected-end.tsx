"use client";

import { useTimedText } from "@/components/ui/clock";
import type { LatencyFigures } from "@/components/runs/latency-profile";
import { formatRough } from "@/lib/client/format-time";
import type { RunFacts } from "@/lib/client/runs";

/** Longer runs leave enough time to cancel. */
const SHORT_MS = 2 * 60_000;

/** Warns that a fast run may finish before the person has typed a reason. */
export function ExpectedEnd({ run, profile }: { run: RunFacts; profile: LatencyFigures | undefined }) {
  const words = useTimedText((now) => {
    const elapsed = now - Date.parse(run.created_at);
    if (!profile || profile.p50Ms > SHORT_MS || elapsed > profile.p95Ms) return "";
    const left = profile.p50Ms - elapsed;
    return left < 1_000
      ? "Runs of this model usually end by now, so this one may end at any moment."
      : `Expected to end in about ${formatRough(left)}, perhaps before you cancel it.`;
  });
  // Not a live region: it counts down every second.
  return words && <p aria-live="off">{words}</p>;
}
