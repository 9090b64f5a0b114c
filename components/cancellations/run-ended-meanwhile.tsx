"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { RunFacts } from "@/lib/client/runs";
import { EndOfRun } from "./end-of-run";
import type { Viewer } from "./viewer";

type Props = { run: RunFacts; viewer: Viewer; onClose: () => void };

/** The run ended while the dialog was open: the question is moot. */
export function RunEndedMeanwhile({ run, viewer, onClose }: Props) {
  return (
    <>
      <div className="px-5 py-4">
        <Notice tone="info" role="alert">
          <p className="font-medium">
            <EndOfRun run={run} viewer={viewer} />
          </p>
          <p className="mt-0.5">The run ended while this dialog was open; there is nothing left to cancel.</p>
        </Notice>
      </div>
      <div className="flex justify-end border-t px-5 py-3">
        {/* The reason is gone with the question, so the focus needs a new place. */}
        <Button autoFocus onClick={onClose}>
          Close
        </Button>
      </div>
    </>
  );
}
