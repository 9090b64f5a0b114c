"use client";

import { useId, useState } from "react";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { Button } from "@/components/ui/button";
import { describeFailure } from "@/lib/client/describe-failure";
import { newIdempotencyKey } from "@/lib/client/idempotency-key";
import { requestCheckpoint } from "@/lib/client/request-checkpoint";
import { useChange } from "@/lib/client/use-change";

const PATIENCE_MS = 90_000;

type Props = {
  /** The newest checkpoint on the page. */
  newest: number | null;
  /** Why this person can't request a checkpoint; null if they can. */
  disabledReason: string | null;
};

/** Requests a checkpoint and polls until it exists. Retries reuse the same request. */
export function MakeCheckpoint({ newest, disabledReason }: Props) {
  const statusId = useId();
  const [key, setKey] = useState(newIdempotencyKey);
  const { mutate, isPending, isSettling, error, data } = useChange(
    () => requestCheckpoint(key),
    () => setKey(newIdempotencyKey()),
  );
  const isAwaited = data !== undefined && (newest ?? 0) <= (data.newest_number ?? 0);
  const status = error
    ? describeFailure(error, true)
    : isAwaited
      ? "Requested. It appears here within seconds."
      : data
        ? `Checkpoint ${newest} created.`
        : disabledReason;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span id={statusId} role="status" className="text-ink-muted text-sm">
        {status}
      </span>
      <Button
        size="sm"
        isBusy={isPending || isSettling || isAwaited}
        aria-disabled={disabledReason !== null}
        aria-describedby={statusId}
        onClick={() => mutate(undefined)}
      >
        Create checkpoint
      </Button>
      {isAwaited && <AutoRefresh forMs={PATIENCE_MS} everyMs={1_000} />}
    </div>
  );
}
