import { formatDuration } from "@/lib/client/format-time";
import type { DuplicateRun, Duplicates } from "@/lib/contract/duplicate";

const ORDER = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];

/** @param index from 0 */
export const nameOrder = (index: number): string => ORDER[index] ?? `${index + 1}th`;

/** @returns the position of the run on screen, its distance from the first, and whether the inputs match */
export function summarizeDuplicates({ runs, hasMore }: Duplicates): string {
  const place = runs.findIndex(({ isSelf }) => isSelf);
  const self = runs[place]!;
  const others = runs.filter(({ isSelf }) => !isSelf);
  const shared = others.every(({ hasSameRef }) => hasSameRef) ? "this client ref" : "this input";
  const count = hasMore ? `the ${runs.length} nearest runs` : `${runs.length} runs`;
  const when =
    place === 0
      ? `the second came ${gap(self, runs[1]!)} later`
      : `sent ${gap(runs[0]!, self)} after the first`;
  return `This run is the ${nameOrder(place).toLowerCase()} of ${count} with ${shared}; ${when}. ${compareInputs(others)}`;
}

function compareInputs(others: readonly DuplicateRun[]): string {
  const same = others.filter(({ hasSameInput }) => hasSameInput).length;
  if (same === others.length) return "Their inputs are identical.";
  if (same === 0)
    return others.length === 1 ? "Their inputs differ." : "All other inputs differ from this one.";
  return `${same} of the ${others.length} others ${same === 1 ? "has" : "have"} an input identical to this one.`;
}

/** @returns how a run differs from the one on screen */
export function compareRuns(run: DuplicateRun, self: DuplicateRun): string {
  const isLater = Date.parse(run.created_at) >= Date.parse(self.created_at);
  return [
    `${gap(run, self)} ${isLater ? "after" : "before"} this run`,
    run.hasSameInput ? "identical input" : "different input",
    run.hasSameRef ? "same client ref" : "no shared client ref",
  ].join(" · ");
}

const gap = (one: DuplicateRun, other: DuplicateRun): string =>
  formatDuration(Math.abs(Date.parse(one.created_at) - Date.parse(other.created_at)));
