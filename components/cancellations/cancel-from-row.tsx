"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { useWasTrue } from "@/components/ui/use-was-true";
import { describeFailure } from "@/lib/client/describe-failure";
import { useDraft } from "@/lib/client/drafts";
import { runOptions } from "@/lib/client/runs";
import { CancelRunDialog } from "./cancel-run-dialog";
import type { CancelRunResult } from "./cancellation-outcome";
import { findDisabledReason } from "./disabled-reason";
import type { Viewer } from "./viewer";

type Props = {
  runId: string;
  customer: string;
  viewer: Viewer;
  /** Where the focus goes when the dialog closes. */
  row: HTMLElement | null;
  isOpen: boolean;
  onClose: () => void;
  /** Why the run can't be canceled. */
  onRefused: (reason: string) => void;
  onDone: (result: CancelRunResult) => void;
};

/** The cancel dialog for a row of a list: it reads the whole run first. */
export function CancelFromRow({ runId, customer, viewer, row, isOpen, onClose, onRefused, onDone }: Props) {
  const queryClient = useQueryClient();
  const { data: run, error } = useQuery(runOptions(runId));
  const [reason, setReason] = useDraft(`cancel:${runId}`);
  const returnTo = useRef(row);
  const reasonAgainst = run && findDisabledReason(run, viewer);
  // Once open, the dialog itself says what happens to the run.
  const wasOpen = useWasTrue(run !== undefined && reasonAgainst === undefined);
  const barrier = wasOpen ? undefined : error ? describeFailure(error) : reasonAgainst;
  const refuse = useEffectEvent(onRefused);
  useEffect(() => {
    if (barrier) refuse(barrier);
  }, [barrier]);
  if (!run || !wasOpen) return null;

  const finish = (found: CancelRunResult) => {
    queryClient.setQueryData(runOptions(runId).queryKey, found.run);
    for (const queryKey of [["runs", "rows"], ["stuck"], ["audit"]])
      void queryClient.invalidateQueries({ queryKey });
    setReason("");
    onDone(found);
  };
  return (
    <CancelRunDialog
      {...{ run, customer, viewer, reason, isOpen }}
      button={returnTo}
      onClose={onClose}
      onReason={setReason}
      onDone={finish}
    />
  );
}
