"use client";

import { Button } from "@/components/ui/button";
import { ListBar } from "@/components/ui/list-bar";
import { RequestFailure } from "@/components/ui/request-failure";
import { runsOf } from "./batch-words";

type Props = {
  ids: readonly string[];
  isBusy: boolean;
  error: Error | null;
  onLeaveOut: (ids: string[]) => void;
  onClear: () => void;
};

/** Actions for the selected runs of a plan. */
export const LeaveOutBar = ({ ids, isBusy, error, onLeaveOut, onClear }: Props) => (
  <ListBar>
    {ids.length > 0 && (
      <>
        <span className="font-medium tabular-nums">{runsOf(ids.length)} selected</span>
        <Button size="sm" isBusy={isBusy} onClick={() => onLeaveOut([...ids])}>
          Leave out {runsOf(ids.length)}
        </Button>
      </>
    )}
    {error && <RequestFailure error={error} isRepeatable />}
    {ids.length > 0 && (
      <Button size="sm" variant="ghost" className="ml-auto" onClick={onClear}>
        Clear selection
      </Button>
    )}
  </ListBar>
);
