"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { runEntriesOptions } from "@/lib/client/audit";
import { paths } from "@/lib/client/paths";
import type { RunFacts } from "@/lib/client/runs";
import { EndOfRun } from "./end-of-run";
import type { Viewer } from "./viewer";

/** `transitioned`: this request canceled the run. `unchanged`: the run had ended already. */
export type CancelRunResult = { outcome: "transitioned" | "unchanged"; run: RunFacts };

/** The server's answer: you canceled the run, or it had already ended. */
export function CancellationOutcome({ result, viewer }: { result: CancelRunResult; viewer: Viewer }) {
  const { outcome, run } = result;
  if (outcome === "transitioned") {
    return (
      <Notice tone="success">
        <span className="font-medium">Canceled by you.</span>{" "}
        {viewer.mayReadAudit && <EntryLink runId={run.id} />}
      </Notice>
    );
  }
  return (
    <Notice tone="info">
      <span className="font-medium">
        <EndOfRun run={run} viewer={viewer} />
      </span>{" "}
      Your request changed nothing.{" "}
      {run.status_code === "canceled" && viewer.mayReadAudit && <EntryLink runId={run.id} />}
    </Notice>
  );
}

function EntryLink({ runId }: { runId: string }) {
  const { data } = useQuery(runEntriesOptions(runId));
  const entry = data?.find(({ action }) => action === "run.cancelled");
  // Until the entry loads, link to the run's audit trail.
  return (
    <Link href={entry ? paths.auditEntry(entry.id) : "#audit"} className="text-accent font-medium underline">
      Audit entry
    </Link>
  );
}
