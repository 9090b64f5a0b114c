"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { describeFailure } from "@/lib/client/describe-failure";
import { newIdempotencyKey } from "@/lib/client/idempotency-key";
import { redeliver } from "@/lib/client/redeliver";
import { useChange } from "@/lib/client/use-change";
import { RedeliveryResult } from "./redelivery-result";

type Props = {
  /** The API path that requests the redelivery. */
  path: string;
  /** Why it can't be redelivered now; null if it can. */
  obstacle: string | null;
  what: string;
  /** Among the main actions of a delivery's own page. */
  isInHead?: boolean;
};

/** Requests a redelivery. Retries reuse the same request, so it can't deliver twice. */
export function RedeliverButton({ path, obstacle, what, isInHead = false }: Props) {
  const statusId = useId();
  const [key, setKey] = useState(newIdempotencyKey);
  const { mutate, isPending, isSettling, error, data } = useChange(
    () => redeliver(path, key),
    () => setKey(newIdempotencyKey()),
  );
  return (
    <div
      className={
        isInHead
          ? "grid max-w-md justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch"
          : "flex flex-wrap items-center gap-x-3 gap-y-1"
      }
    >
      <Button
        size={isInHead ? "md" : "sm"}
        isBusy={isPending || isSettling}
        aria-disabled={obstacle !== null}
        aria-describedby={statusId}
        onClick={() => mutate(undefined)}
      >
        Deliver again<span className="sr-only">: {what}</span>
      </Button>
      <span id={statusId} role="status" className="text-ink-muted text-sm empty:absolute">
        {error ? describeFailure(error, true) : data ? <RedeliveryResult id={data.id} /> : obstacle}
      </span>
    </div>
  );
}
