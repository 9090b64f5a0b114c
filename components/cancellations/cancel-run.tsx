"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { loadPatiently } from "@/components/ui/load-patiently";
import { useShortcut } from "@/components/ui/use-shortcut";
import { type RunFacts, runOptions } from "@/lib/client/runs";
import { findBarrier } from "./cancel-barrier";
import { CancellationOutcome, type CancelRunResult } from "./cancellation-outcome";

/** By itself: with the contract's schemas it is as large as the rest of the page. */
const load = () => loadPatiently(() => import("./cancel-run-dialog"));

const CancelRunDialog = dynamic(() => load().then((module) => module.CancelRunDialog), { ssr: false });

/** So long, the page has the network for itself; opening the dialog earlier loads it at once. */
const DIALOG_AFTER_MS = 1_000;

/** The person who looks at the page, and what the server lets them do. */
export type Viewer = { id: string; mayCancel: boolean; mayReadAudit: boolean };

type Props = {
  run: RunFacts;
  customer: string;
  /** Addresses of the customer's webhooks that hear of a cancelled run. */
  webhooks: readonly string[];
  viewer: Viewer;
};

/** The button, its dialog and what came of it. */
export function CancelRun({ run, customer, webhooks, viewer }: Props) {
  const [isOpen, setOpen] = useState(false);
  // Kept here, so that a dialog that was closed by mistake opens again with what was typed.
  const [reason, setReason] = useState("");
  const [result, setResult] = useState<CancelRunResult>();
  const button = useRef<HTMLButtonElement>(null);
  const queryClient = useQueryClient();
  const router = useRouter();
  const barrier = findBarrier(run, viewer);

  const [isReady, setReady] = useState(false);
  const mayOpen = barrier === undefined;
  useEffect(() => {
    if (!mayOpen) return;
    const prepare = () =>
      load().then(
        () => setReady(true),
        () => undefined,
      );
    const timer = setTimeout(() => void prepare(), DIALOG_AFTER_MS);
    return () => clearTimeout(timer);
  }, [mayOpen]);

  const open = () => {
    // From here on it stays, or closing it early would take it away before it gives the focus back.
    setReady(true);
    setOpen(true);
  };
  useShortcut("c", () => {
    if (!barrier) open();
  });

  const finish = async (found: CancelRunResult) => {
    const { queryKey } = runOptions(run.id);
    // A poll that was answered before the cancel would put the old status back.
    await queryClient.cancelQueries({ queryKey });
    queryClient.setQueryData(queryKey, found.run);
    setResult(found);
    setReason("");
    setOpen(false);
    void queryClient.invalidateQueries({ queryKey: ["audit"] });
    router.refresh();
  };

  return (
    <>
      <Button
        ref={button}
        variant="danger-quiet"
        aria-disabled={barrier !== undefined}
        aria-describedby={barrier && "cancel-barrier"}
        aria-keyshortcuts="c"
        className="max-sm:flex-1"
        onClick={open}
      >
        Cancel run
        <span aria-hidden className="max-sm:hidden">
          <Kbd>c</Kbd>
        </span>
      </Button>
      {barrier && (
        <p
          id="cancel-barrier"
          className={cx(result ? "sr-only" : "text-ink-muted w-full text-right text-sm max-sm:text-left")}
        >
          {barrier}
        </p>
      )}
      <div role="status" className="w-full empty:absolute">
        {result && <CancellationOutcome result={result} viewer={viewer} />}
      </div>
      {isReady && (
        <CancelRunDialog
          {...{ run, customer, webhooks, viewer, isOpen, reason, button }}
          onClose={() => setOpen(false)}
          onReason={setReason}
          onDone={(found) => void finish(found)}
        />
      )}
    </>
  );
}
