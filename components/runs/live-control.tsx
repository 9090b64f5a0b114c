"use client";

import { Pause, Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";

export type LiveState = "live" | "paused" | "failing" | "stopped";

const WORDS: Record<LiveState, string> = {
  live: "Live",
  paused: "Paused",
  failing: "Reconnecting",
  stopped: "Stopped",
};
const DOT: Record<LiveState, string> = {
  live: "filled bg-status-succeeded breathing",
  paused: "border border-control",
  failing: "filled bg-status-partial",
  stopped: "filled bg-status-failed",
};

type Props = { state: LiveState; onToggle: () => void };

/** Shows whether rows update live, and pauses updates while someone reads. */
export function LiveControl({ state, onToggle }: Props) {
  const isPaused = state === "paused";
  const Icon = isPaused ? Play : Pause;
  return (
    // The button reaches into the margin, so that its text ends at the page's edge.
    <div className={cx("flex items-center gap-2", state !== "stopped" && "-mr-2")}>
      <span role="status" className="text-ink-muted inline-flex items-center gap-1.5 text-sm">
        <span aria-hidden className={cx("size-1.5 rounded-full", DOT[state])} />
        {WORDS[state]}
      </span>
      {/* Updates that have stopped can't be paused. */}
      {state !== "stopped" && (
        <Button variant="ghost" size="sm" onClick={onToggle}>
          <Icon aria-hidden className="size-3.5" />
          <span>
            {isPaused ? "Resume" : "Pause"}
            <span className="max-sm:sr-only"> updates</span>
          </span>
        </Button>
      )}
    </div>
  );
}
