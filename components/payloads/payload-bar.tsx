"use client";

import { EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { explainMissing } from "@/lib/client/explain-missing";

const RevealDialog = lazyDialog(() => import("./reveal-dialog").then((module) => module.RevealDialog));

type Props = {
  runId: string;
  mayReveal: boolean;
  /** The masked payloads: only their field names, folded. */
  children: ReactNode;
};

/** Shows that the payloads are masked, and offers to reveal them. */
export function PayloadBar({ runId, mayReveal, children }: Props) {
  const dialog = useDialog();
  return (
    <section
      aria-label="Payloads"
      className="bg-surface flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border px-4 py-2"
    >
      <p role="status" className="flex min-w-0 items-center gap-2">
        <EyeOff aria-hidden className="text-ink-muted size-4 shrink-0" />
        <span>Input, output and metadata are masked.</span>
      </p>
      <Button
        {...dialog.opener}
        size="sm"
        aria-disabled={!mayReveal}
        aria-describedby={mayReveal ? undefined : "reveal-disabled-reason"}
      >
        Reveal payloads
      </Button>
      {!mayReveal && (
        <p id="reveal-disabled-reason" className="text-ink-muted w-full text-sm">
          {explainMissing("revealing payloads", "runs.payload.reveal")}
        </p>
      )}
      <RevealDialog {...dialog.props} runId={runId} />
      <details className="w-full">
        <summary className="text-ink-muted hover:text-ink w-fit cursor-pointer py-1 text-sm">
          Show field names
        </summary>
        <div className="grid gap-3 pt-2 pb-1">{children}</div>
      </details>
    </section>
  );
}
