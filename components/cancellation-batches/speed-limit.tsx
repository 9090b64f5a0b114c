"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, inputStyle } from "@/components/ui/field";
import { RequestFailure } from "@/components/ui/request-failure";
import { changeBatch } from "@/lib/client/cancellation-batches";
import { useChange } from "@/lib/client/use-change";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";
import { formatCount } from "./batch-words";
import { useSetBatch } from "./use-set-batch";

const FASTEST = 10_000;
const WRONG = `Enter a whole number from 1 to ${formatCount(FASTEST)}.`;

type Props = { batch: CancellationBatch; disabledReason: string | undefined };

/** Slows a running batch down, for endpoints that can't take all its callbacks at once. */
export function SpeedLimit({ batch: { id, runs_per_second_limit: limit }, disabledReason }: Props) {
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  const setBatch = useSetBatch();
  const { mutate, isPending, error } = useChange(
    (runsPerSecond: number | null) => changeBatch(id, { runs_per_second_limit: runsPerSecond }),
    (batch) => {
      setText("");
      void setBatch(batch);
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const rate = Number(text.trim() || Number.NaN);
    const isValid = Number.isInteger(rate) && rate >= 1 && rate <= FASTEST;
    setWrong(!isValid);
    if (isValid) mutate(rate);
  };
  return (
    <form onSubmit={submit} noValidate className="grid justify-items-start gap-1.5 border-t pt-3">
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor="speed" className="text-ink-muted">
          {limit ? `Limited to ${formatCount(limit)} runs per second. Change to` : "No speed limit. Limit to"}
        </label>
        <input
          id="speed"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          readOnly={disabledReason !== undefined}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? "speed-error" : disabledReason && "bulk-disabled-reason"}
          onChange={(event) => {
            setText(event.target.value);
            setWrong(false);
          }}
          className={inputStyle("h-7 max-w-20 tabular-nums")}
        />
        <label htmlFor="speed" className="text-ink-muted">
          runs per second
        </label>
        <Button
          size="sm"
          type="submit"
          isBusy={isPending}
          aria-disabled={disabledReason !== undefined}
          aria-describedby={disabledReason && "bulk-disabled-reason"}
        >
          Set limit
        </Button>
        {limit !== null && !disabledReason && (
          <Button size="sm" variant="ghost" onClick={() => mutate(null)}>
            Remove limit
          </Button>
        )}
      </div>
      <FieldError id="speed" error={isWrong ? WRONG : undefined} />
      {error && <RequestFailure error={error} isRepeatable />}
    </form>
  );
}
