"use client";

import { Button } from "@/components/ui/button";
import { type BodyProps, DialogBody, DialogFooter } from "@/components/ui/dialog-parts";
import { Notice } from "@/components/ui/notice";
import type { RunFacts } from "@/lib/client/runs";
import { EndOfRun } from "./end-of-run";
import type { Viewer } from "./viewer";

type Props = { about: BodyProps; run: RunFacts; viewer: Viewer; onClose: () => void };

/** Shown if the run ends while the dialog is open. */
export function RunEndedMeanwhile({ about, run, viewer, onClose }: Props) {
  return (
    <>
      <DialogBody {...about}>
        <Notice tone="info" role="alert">
          <p className="font-medium">
            <EndOfRun run={run} viewer={viewer} />
          </p>
          <p className="mt-0.5">The run ended while this dialog was open; there is nothing left to cancel.</p>
        </Notice>
      </DialogBody>
      <DialogFooter>
        {/* The reason field is gone, so the focus needs a new place. */}
        <Button autoFocus onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
