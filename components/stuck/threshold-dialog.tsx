"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { DialogProps } from "@/components/ui/dialog-state";
import { SelectField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { formatDuration } from "@/lib/client/format-time";
import { setStuckFactor } from "@/lib/client/stuck";
import { useChange } from "@/lib/client/use-change";
import { STUCK_FACTOR_MAX, STUCK_FACTOR_MIN, StuckFactor } from "@/lib/contract/models";
import type { ThresholdModel } from "./threshold-model";

type Props = DialogProps & { models: readonly ThresholdModel[]; proposed: string };

/** Sets when runs of a model count as stuck. */
export function ThresholdDialog({ models, proposed, ...dialog }: Props) {
  const queryClient = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [slug, setSlug] = useState(proposed);
  const [text, setText] = useState<string>();
  const [isAsked, setAsked] = useState(false);
  const model = models.find((other) => other.slug === slug) ?? models[0]!;
  const shown = text ?? String(model.stuckFactor);
  const factor = StuckFactor.safeParse(shown.trim() === "" ? undefined : Number(shown.replace(",", ".")));
  const change = useChange(
    (stuckFactor: number) => setStuckFactor(model.id, stuckFactor),
    () => {
      setText(undefined);
      setAsked(false);
      dialog.onClose();
      void queryClient.invalidateQueries({ queryKey: ["stuck"] });
    },
  );
  const start = (from: { slug?: string; text?: string }) => {
    if (from.slug !== undefined) setSlug(from.slug);
    setText(from.text);
    setAsked(false);
    if (change.error) change.reset();
  };
  const leave = () => {
    start({});
    dialog.onClose();
  };
  const submit = () => {
    setAsked(true);
    if (factor.success) change.mutate(factor.data);
    else input.current?.focus();
  };
  return (
    <FormDialog
      {...dialog}
      onClose={leave}
      title="When a run counts as stuck"
      submit="Set threshold"
      submitting="Saving…"
      isBusy={change.isPending}
      failure={change.error}
      isRepeatable
      onSubmit={submit}
      width="w-[28rem]"
    >
      <SelectField label="Model" value={model.slug} onChange={(event) => start({ slug: event.target.value })}>
        {models.map((other) => (
          <option key={other.id} value={other.slug}>
            {other.slug}
          </option>
        ))}
      </SelectField>
      <TextField
        ref={input}
        data-focus-first
        label="Multiple of p95"
        error={isAsked && !factor.success ? WRONG : undefined}
        hint={
          <p className="text-ink-muted text-sm">
            95% of its runs finish within {formatDuration(model.p95Ms)}.
            {factor.success && ` A run is stuck after ${formatDuration(model.p95Ms * factor.data)}.`} Applies
            to every customer immediately.
          </p>
        }
        inputMode="decimal"
        autoComplete="off"
        value={shown}
        onChange={(event) => start({ text: event.target.value })}
        className="max-w-28 tabular-nums"
      />
    </FormDialog>
  );
}

const WRONG = `Enter a number from ${STUCK_FACTOR_MIN} to ${STUCK_FACTOR_MAX}, with at most one decimal.`;
