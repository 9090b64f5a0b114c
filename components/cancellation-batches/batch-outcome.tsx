"use client";

import { Download } from "lucide-react";
import { buttonStyle } from "@/components/ui/button-style";
import { Panel } from "@/components/ui/panel";
import { receiptPath } from "@/lib/client/cancellation-batches";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { describeOutcome } from "./describe-outcome";
import { settledOf, sharesOf } from "./outcome-shares";
import { ShareBar, ShareLegend } from "./share-bar";

/** An ended batch: what happened, in words and numbers, and its receipt. */
export function BatchOutcome({ batch }: { batch: CancellationBatch }) {
  const { progress } = batch;
  const shares = sharesOf(progress);
  const notDone = { label: "Not done", runs: progress.remaining, fill: "var(--sunken)" };
  return (
    <Panel
      id="outcome"
      title="Outcome"
      aside={
        <span className="flex items-center gap-1.5">
          <Receipt id={batch.id} format="csv" />
          <Receipt id={batch.id} format="ndjson" />
        </span>
      }
    >
      <div className="grid gap-4 p-4">
        <p role="status" className="text-md max-w-4xl">
          {describeOutcome(batch)}
        </p>
        <ShareBar shares={shares} total={settledOf(progress) + progress.remaining} />
        <ShareLegend shares={progress.remaining > 0 ? [...shares, notDone] : shares} />
      </div>
    </Panel>
  );
}

const Receipt = ({ id, format }: { id: string; format: "csv" | "ndjson" }) => (
  <a href={receiptPath(id, format)} download className={buttonStyle("secondary", "sm")}>
    <Download aria-hidden className="size-3.5" />
    <span>
      <span className="max-sm:sr-only">Receipt </span>
      {format.toUpperCase()}
    </span>
  </a>
);
