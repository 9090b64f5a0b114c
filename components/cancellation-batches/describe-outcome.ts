import { formatDuration } from "@/lib/client/format-time";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { formatCount, runsOf } from "./batch-words";

type Ended = Pick<CancellationBatch, "state" | "progress" | "started_at" | "ended_at">;

/** What an ended batch did, in sentences. */
export function describeOutcome({ state, progress, started_at, ended_at }: Ended): string {
  const { canceled, unchanged, not_found, refused, failed, remaining } = progress;
  const others = [
    unchanged > 0 && `${formatCount(unchanged)} had already ended`,
    not_found > 0 && `${formatCount(not_found)} ${not_found === 1 ? "was" : "were"} not found`,
    refused > 0 && `${formatCount(refused)} ${refused === 1 ? "was" : "were"} refused`,
    failed > 0 && `${formatCount(failed)} failed`,
  ].filter((part) => part !== false);
  const took =
    started_at && ended_at ? ` in ${formatDuration(Date.parse(ended_at) - Date.parse(started_at))}` : "";
  return [
    `${runsOf(canceled)} ${canceled === 1 ? "was" : "were"} canceled${took}.`,
    others.length > 0 && `${listOf(others)}.`,
    state === "aborted" &&
      remaining > 0 &&
      `${runsOf(remaining)} ${remaining === 1 ? "was" : "were"} left alone by the abort.`,
  ]
    .filter(Boolean)
    .join(" ");
}

const listOf = (parts: string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
