"use client";

import type { MouseEvent, RefObject } from "react";
import { runsOf } from "@/components/cancellation-batches/batch-words";
import { findBulkReason } from "@/components/cancellation-batches/batch-viewer";
import { CopyAdminLink } from "@/components/cancellation-batches/copy-admin-link";
import type { Viewer } from "@/components/cancellations/viewer";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { ListBar } from "@/components/ui/list-bar";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import { idsExpression, MOST_IDS } from "@/lib/client/cancel-expression";

type Props = {
  ids: readonly string[];
  /** The selected runs that haven't ended. */
  live: readonly string[];
  viewer: Viewer;
  /** Where the plan dialog returns the focus. */
  button: RefObject<HTMLButtonElement | null>;
  onCancel: () => void;
  onCopy: (text: string, what: string, near: Element) => void;
  /** Selects the rest of the page, if any: phones have no header with a checkbox for all. */
  onSelectAll: (() => void) | undefined;
  onClear: () => void;
};

/** Actions for all selected runs. */
export function SelectionBar({ ids, live, viewer, button, onCancel, onCopy, onSelectAll, onClear }: Props) {
  const copy = (lines: string[], what: string) => (event: MouseEvent) =>
    onCopy(lines.join("\n"), what, event.currentTarget);
  const disabledReason = findReason(live.length, viewer);
  const mayPrepare = live.length > 1 && live.length <= MOST_IDS && !viewer.mayCancelBulk;
  return (
    <ListBar>
      <span className="font-medium tabular-nums">{runsOf(ids.length)} selected</span>
      <Button
        ref={button}
        size="sm"
        variant="danger-quiet"
        aria-keyshortcuts="c"
        aria-disabled={disabledReason !== undefined}
        aria-describedby={disabledReason && "selection-disabled-reason"}
        onClick={onCancel}
      >
        {live.length === 0 ? "Cancel runs" : `Cancel ${runsOf(live.length)}`}
        <span aria-hidden className="max-sm:hidden">
          <Kbd>c</Kbd>
        </span>
      </Button>
      {mayPrepare && <CopyAdminLink size="sm" path={paths.newCancellation({ q: idsExpression(live) })} />}
      <Button size="sm" onClick={copy([...ids], `${ids.length} run IDs`)}>
        Copy IDs
      </Button>
      <Button
        size="sm"
        onClick={copy(
          ids.map((id) => `${location.origin}${paths.run(id)}`),
          `${ids.length} links`,
        )}
      >
        Copy links
      </Button>
      {onSelectAll && (
        <Button size="sm" className="md:hidden" onClick={onSelectAll}>
          Select all
        </Button>
      )}
      <Button size="sm" variant="ghost" className="ml-auto" onClick={onClear}>
        Clear selection
      </Button>
      {disabledReason && (
        <p id="selection-disabled-reason" className="text-ink-muted basis-full pb-1 text-sm">
          {disabledReason}
        </p>
      )}
    </ListBar>
  );
}

/** A link names each selected run; a filter selects any number. */
const TOO_MANY = `To prepare it, select at most ${MOST_IDS} runs, or filter the list and use “Cancel all…” above it.`;

/** @returns why the selected runs can't be canceled, if so */
function findReason(live: number, { mayCancel, mayCancelBulk }: Viewer): string | undefined {
  if (live === 0) return "The selected runs have already ended.";
  if (live > 1) {
    const missing = findBulkReason(mayCancelBulk);
    return missing && live > MOST_IDS ? `${missing} ${TOO_MANY}` : missing;
  }
  return mayCancel ? undefined : explainMissing("canceling runs", "runs.cancel");
}
