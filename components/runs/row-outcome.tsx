"use client";

import { CancellationOutcome, type CancelRunResult } from "@/components/cancellations/cancellation-outcome";
import type { Viewer } from "@/components/cancellations/viewer";
import { Button } from "@/components/ui/button";
import { ListBar } from "@/components/ui/list-bar";
import { Notice } from "@/components/ui/notice";
import { shortId } from "./short-id";

type Props = { id: string; is: CancelRunResult | string; viewer: Viewer; onClose: () => void };

/** The result of canceling from a row, or why it can't be canceled. */
export const RowOutcome = ({ id, is, viewer, onClose }: Props) => (
  <ListBar>
    <code className="mono text-ink-muted">{shortId(id)}</code>
    <div role="status">
      {typeof is === "string" ? (
        <Notice tone="info">{is}</Notice>
      ) : (
        <CancellationOutcome result={is} viewer={viewer} />
      )}
    </div>
    <Button size="sm" variant="ghost" className="ml-auto" onClick={onClose}>
      Dismiss
    </Button>
  </ListBar>
);
