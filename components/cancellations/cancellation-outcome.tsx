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

/** What the request did: the server's answer tells "I caused this" from "someone got there first". */
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
  // Until the entry is read the trail of this run leads there too.
  return (
    <Link href={entry ? paths.auditEntry(entry.id) : "#audit"} className="text-accent font-medium underline">
      Audit entry
    </Link>
  );
}
