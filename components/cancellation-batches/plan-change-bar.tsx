"use client";

import { Button } from "@/components/ui/button";
import { ListBar } from "@/components/ui/list-bar";
import { RequestFailure } from "@/components/ui/request-failure";
import { runsOf } from "./batch-words";
import type { ItemRow } from "./item-columns";
import type { PlanChange } from "./use-plan-change";

type Props = {
  /** The selected runs. */
  rows: readonly ItemRow[];
  /** The change that was just made. */
  last: PlanChange | undefined;
  isBusy: boolean;
  error: Error | null;
  onChange: (change: PlanChange) => void;
  onClear: () => void;
};

/** Actions for the selected runs of a plan; without a selection, undoes the last change. */
export function PlanChangeBar({ rows, last, isBusy, error, onChange, onClear }: Props) {
  const idsOf = (isExcluded: boolean) =>
    rows.flatMap(({ run_id, is_excluded }) => (is_excluded === isExcluded ? [run_id] : []));
  const [kept, left] = [idsOf(false), idsOf(true)];
  const isSelected = rows.length > 0;
  return (
    <ListBar>
      {isSelected && <span className="font-medium tabular-nums">{runsOf(rows.length)} selected</span>}
      <span role="status" className="empty:hidden">
        {!isSelected && last && describe(last)}
      </span>
      {kept.length > 0 && (
        <Button size="sm" isBusy={isBusy} onClick={() => onChange({ kind: "exclude", runIds: kept })}>
          Leave out {runsOf(kept.length)}
        </Button>
      )}
      {left.length > 0 && (
        <Button size="sm" isBusy={isBusy} onClick={() => onChange({ kind: "include", runIds: left })}>
          Put back {runsOf(left.length)}
        </Button>
      )}
      {!isSelected && last && (
        <Button size="sm" isBusy={isBusy} onClick={() => onChange(reverse(last))}>
          Undo
        </Button>
      )}
      {error && <RequestFailure error={error} isRepeatable />}
      <Button size="sm" variant="ghost" className="ml-auto" onClick={onClear}>
        {isSelected ? "Clear selection" : "Dismiss"}
      </Button>
    </ListBar>
  );
}

const describe = ({ kind, runIds }: PlanChange): string =>
  `${runsOf(runIds.length)} ${kind === "exclude" ? "left out" : "put back"}.`;

const reverse = ({ kind, runIds }: PlanChange): PlanChange => ({
  kind: kind === "exclude" ? "include" : "exclude",
  runIds,
});
