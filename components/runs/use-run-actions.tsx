"use client";

import { type ReactNode, useState } from "react";
import type { CancelRunResult } from "@/components/cancellations/cancellation-outcome";
import { findDisabledReason } from "@/components/cancellations/disabled-reason";
import type { Viewer } from "@/components/cancellations/viewer";
import { CopyOutcome } from "@/components/ui/copy-outcome";
import type { RowMenuProps } from "@/components/ui/data-table";
import { useDialog } from "@/components/ui/dialog-state";
import { latePart } from "@/components/ui/late-part";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { useCopy } from "@/components/ui/use-copy";
import type { Customer } from "@/lib/client/organizations";
import type { Selection } from "@/components/ui/use-selection";
import { isTerminal, type RunStatus } from "@/lib/states/run";

const PlanDialog = lazyDialog(() =>
  import("@/components/cancellation-batches/plan-dialog").then((module) => module.PlanDialog),
);
const CancelFromRow = latePart(() =>
  import("@/components/cancellations/cancel-from-row").then((module) => module.CancelFromRow),
);
const RunRowMenu = latePart(() => import("./run-row-menu").then((module) => module.RunRowMenu));
const SelectionBar = latePart(() => import("./selection-bar").then((module) => module.SelectionBar));
const RowOutcome = latePart(() => import("./row-outcome").then((module) => module.RowOutcome));

type Row = { id: string; org_id: string; status_code: RunStatus };

type Options<R> = {
  rows: readonly R[];
  viewer: Viewer;
  orgs: readonly Customer[];
  /** The keys that created runs, by run. */
  keys?: Record<string, string>;
  selection?: Selection;
};

/** The row menu, the cancel dialog and the bar at the bottom of a list of runs. */
export function useRunActions<R extends Row>({ rows, viewer, orgs, keys, selection }: Options<R>) {
  const [target, setTarget] = useState<{ row: R; element: HTMLElement | null }>();
  const [isOpen, setOpen] = useState(false);
  const [outcome, setOutcome] = useState<{ id: string; is: CancelRunResult | string }>();
  const [copied, setCopied] = useState("");
  const { copy, result, putAway } = useCopy();

  const customerOf = (row: R) => orgs.find(({ id }) => id === row.org_id);
  const reasonAgainst = ({ status_code }: R) => findDisabledReason({ status_code, created_by: null }, viewer);
  const onCopy = (text: string, what: string, near: Element) => {
    setCopied(what);
    copy(text, near);
  };
  const cancel = (row: R) => {
    const against = reasonAgainst(row);
    if (against) return setOutcome({ id: row.id, is: against });
    setOutcome(undefined);
    setTarget({ row, element: document.querySelector<HTMLElement>(`tr[data-id="${row.id}"] [data-row]`) });
    setOpen(true);
  };
  const plan = useDialog();
  const live = rows.filter(({ id, status_code }) => selection?.ids.has(id) && !isTerminal(status_code));
  const liveIds = live.map(({ id }) => id);
  const cancelSelection = () => {
    if (live.length === 1) cancel(live[0]!);
    else if (live.length > 1 && viewer.mayCancelBulk) plan.open();
  };
  const close = (is?: CancelRunResult | string) => {
    setOpen(false);
    if (is && target) setOutcome({ id: target.row.id, is });
  };

  const menu = (props: RowMenuProps<R>): ReactNode => (
    <RunRowMenu
      {...props}
      run={props.row}
      apiKey={keys?.[props.row.id]}
      org={customerOf(props.row)?.slug}
      disabledReason={reasonAgainst(props.row)}
      onCancel={() => cancel(props.row)}
      onCopy={(text, what) => onCopy(text, what, props.anchor)}
      {...(selection && {
        isSelected: selection.ids.has(props.row.id),
        onSelect: () => selection.toggle(props.row.id, false),
      })}
    />
  );
  const bar = (
    <>
      {outcome && <RowOutcome {...outcome} viewer={viewer} onClose={() => setOutcome(undefined)} />}
      {selection && selection.ids.size > 0 && (
        <SelectionBar
          ids={[...selection.ids]}
          live={liveIds}
          viewer={viewer}
          button={plan.opener.ref}
          onCancel={cancelSelection}
          onCopy={onCopy}
          onSelectAll={selection.ids.size < rows.length ? selection.toggleAll : undefined}
          onClear={selection.clear}
        />
      )}
      <PlanDialog {...plan.props} ids={liveIds} viewer={viewer} />
      <CopyOutcome result={result} what={copied} onPutAway={putAway} />
      {target && (
        <CancelFromRow
          key={target.row.id}
          runId={target.row.id}
          customer={customerOf(target.row)?.name ?? ""}
          viewer={viewer}
          row={target.element}
          isOpen={isOpen}
          onClose={close}
          onRefused={close}
          onDone={close}
        />
      )}
    </>
  );
  return { menu, cancel, cancelSelection, bar };
}
