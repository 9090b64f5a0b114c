"use client";

import { ReasonDialog } from "@/components/cancellations/reason-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { useDraft } from "@/lib/client/drafts";
import { revealPayload } from "@/lib/client/payloads";
import { useChange } from "@/lib/client/use-change";

/** Asks why the person needs to see a customer's data. */
export function RevealDialog({ runId, ...dialog }: DialogProps & { runId: string }) {
  const [reason, setReason] = useDraft(`reveal:${runId}`);
  const reveal = useChange(
    (why: string) => revealPayload(runId, why),
    () => {
      setReason("");
      dialog.onClose();
    },
  );
  return (
    <ReasonDialog
      {...dialog}
      role="dialog"
      title="Reveal the payloads?"
      text="Shows this run’s input and output for 15 minutes. Your name and reason are logged."
      placeholder="Ticket #4821: the customer asks why the output is cut off"
      keep="Keep masked"
      submit="Reveal payloads"
      isBusy={reveal.isPending}
      failure={reveal.error}
      reason={reason}
      onReason={setReason}
      onSubmit={(given) => reveal.mutate(given)}
    />
  );
}
