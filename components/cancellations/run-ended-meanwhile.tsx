"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { RunFacts } from "@/lib/client/runs";
import type { Viewer } from "./cancel-run";
import { EndOfRun } from "./end-of-run";

type Props = { run: RunFacts; viewer: Viewer; closeButton: RefObject<HTMLButtonElement | null> };

/** The run ended while the dialog was open: the question is moot. */
export function RunEndedMeanwhile({ run, viewer, closeButton }: Props) {
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
        <AlertDialog.Close ref={closeButton} render={<Button />}>
          Close
        </AlertDialog.Close>
      </div>
    </>
  );
}
