"use client";

import { useActionState } from "react";
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
type Attempt = { text: string; isWrong: boolean };

/** Slows a running batch down, for endpoints that can't take all its callbacks at once. */
export function SpeedLimit({ batch: { id, runs_per_second_limit: limit }, disabledReason }: Props) {
  const setBatch = useSetBatch();
  const { mutate, mutateAsync, isPending, error } = useChange(
    (runsPerSecond: number | null) => changeBatch(id, { runs_per_second_limit: runsPerSecond }),
    (batch) => void setBatch(batch),
  );
  const attempt = async (_before: Attempt, form: FormData): Promise<Attempt> => {
    const text = String(form.get("speed") ?? "").trim();
    if (disabledReason) return { text, isWrong: false };
    const rate = Number(text || Number.NaN);
    if (!Number.isInteger(rate) || rate < 1 || rate > FASTEST) return { text, isWrong: true };
    const isDone = await mutateAsync(rate).then(
      () => true,
      () => false,
    );
    return { text: isDone ? "" : text, isWrong: false };
  };
  // An action: React replays an action that is submitted before hydration.
  const [{ text, isWrong }, submit] = useActionState(attempt, { text: "", isWrong: false });
  return (
    <form
      action={submit}
      onSubmit={(event) => isPending && event.preventDefault()}
      noValidate
      className="grid justify-items-start gap-1.5 border-t pt-3"
    >
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor="speed" className="text-ink-muted">
          {limit ? `Limited to ${formatCount(limit)} runs per second. Change to` : "No speed limit. Limit to"}
        </label>
        <input
          id="speed"
          name="speed"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={text}
          readOnly={disabledReason !== undefined}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? "speed-error" : disabledReason && "bulk-disabled-reason"}
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
