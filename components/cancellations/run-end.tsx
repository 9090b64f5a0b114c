"use client";

import Link from "next/link";
import { STATUS_WORDS } from "@/components/runs/status-words";
import { useTimedText } from "@/components/ui/clock";
import { StoredText } from "@/components/ui/stored-text";
import { formatAgo } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { RunFacts } from "@/lib/client/runs";

import type { Viewer } from "./viewer";

/** Who canceled the run, from its audit entry. */
export type RunEnd = {
  entryId: string;
  actor: { id: string; name: string };
  /** The bulk cancellation that it was part of, if the person may see it. */
  batch?: { id: string; runs: number } | undefined;
};

type Props = { run: RunFacts; end: RunEnd | undefined; viewer: Viewer };

/** How a run ended and, if the audit trail shows it, who canceled it. */
export function EndedRun({ run, end, viewer }: Props) {
  const ago = useTimedText((now) => formatAgo(run.completed_at ?? run.created_at, now));
  return (
    <p className="text-ink-muted text-right max-sm:text-left">
      <span className="text-ink font-medium">{STATUS_WORDS[run.status_code]}</span>{" "}
      {/* Not a live region: the time counts up, and a screen reader would repeat all of it each second. */}
      <span aria-live="off">{ago}</span>
      {end && (
        <>
          {" by "}
          {end.actor.id === viewer.id ? "you" : <StoredText>{end.actor.name}</StoredText>}
          {end.batch && (
            <>
              {" in "}
              <Link
                href={paths.cancellation(end.batch.id)}
                prefetch={false}
                className="text-accent underline"
              >
                a bulk cancellation of {end.batch.runs.toLocaleString("en")}{" "}
                {end.batch.runs === 1 ? "run" : "runs"}
              </Link>
            </>
          )}{" "}
          <span className="whitespace-nowrap">
            ·{" "}
            <Link href={paths.auditEntry(end.entryId)} prefetch={false} className="text-accent underline">
              Audit entry
            </Link>
          </span>
        </>
      )}
    </p>
  );
}
