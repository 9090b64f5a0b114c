"use client";

import { useQuery } from "@tanstack/react-query";
import { useTimedText } from "@/components/ui/clock";
import { runEntriesOptions } from "@/lib/client/audit";
import { plainStored } from "@/lib/client/bidi";
import { formatAge } from "@/lib/client/format-time";
import type { RunFacts } from "@/lib/client/runs";
import type { RunStatus } from "@/lib/states/run";
import type { Viewer } from "./viewer";

const ENDED: Record<RunStatus, string> = {
  queued: "",
  dispatching: "",
  running: "",
  succeeded: "Already succeeded",
  failed: "Already failed",
  partial_succeeded: "Already partly succeeded",
  canceled: "Already canceled",
};

/** How and when a run ended and, if it was canceled, who canceled it: from the audit log, never assumed. */
export function EndOfRun({ run, viewer }: { run: RunFacts; viewer: Viewer }) {
  const isCancelled = run.status_code === "canceled";
  const entries = useQuery({ ...runEntriesOptions(run.id), enabled: isCancelled && viewer.mayReadAudit });
  const entry = entries.data?.find(({ action }) => action === "run.cancelled");
  const age = useTimedText((now) =>
    formatAge(Math.max(0, now - Date.parse(run.completed_at ?? run.created_at))),
  );
  // Not a live region: the time counts up, and a screen reader would repeat all of it each second.
  const ticking = <span aria-live="off">{age}</span>;
  if (!isCancelled || !entry) {
    return (
      <>
        {ENDED[run.status_code]} {ticking} ago.
      </>
    );
  }
  const by = entry.actor.id === viewer.id ? "you" : plainStored(entry.actor.name);
  return (
    <>
      Canceled {ticking} earlier by {by}
      {entry.meta.ticket && `, ticket ${plainStored(entry.meta.ticket)}`}.
    </>
  );
}
