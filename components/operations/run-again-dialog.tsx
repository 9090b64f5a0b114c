"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { retryJob } from "@/lib/client/operations";
import { useOnce } from "@/lib/client/use-once";
import type { Job } from "@/lib/contract/jobs";

type Props = DialogProps & { job: Job; onDone: () => void };

/** Confirms that a failed job will run once more. */
export function RunAgainDialog({ job, onDone, ...dialog }: Props) {
  const queryClient = useQueryClient();
  const { submit, isBusy, failure } = useOnce(retryJob, () => {
    void queryClient.invalidateQueries({ queryKey: ["operations"] });
    onDone();
  });
  return (
    <ConfirmDialog
      {...dialog}
      title="Run this job again?"
      confirm="Run again"
      keep="Not now"
      isBusy={isBusy}
      failure={failure}
      isRepeatable
      onConfirm={() => submit(job)}
    >
      <p className="text-ink">
        <code className="mono">{job.task}</code> #{job.id}, failed {job.attempts}{" "}
        {job.attempts === 1 ? "time" : "times"}
      </p>
      {job.error !== null && (
        <p className="wrap-anywhere">
          Last error: <StoredText>{job.error}</StoredText>
        </p>
      )}
      <p>It runs once, now, in the next free worker. An audit entry names you.</p>
    </ConfirmDialog>
  );
}
