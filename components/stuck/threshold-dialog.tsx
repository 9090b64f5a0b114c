"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type RefObject, useRef, useState } from "react";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input, inputStyle } from "@/components/ui/field";
import { LeaveButton } from "@/components/ui/leave-button";
import { formatDuration } from "@/lib/client/format-time";
import { setStuckFactor } from "@/lib/client/stuck";
import { useChange } from "@/lib/client/use-change";
import { STUCK_FACTOR_MAX, STUCK_FACTOR_MIN, StuckFactor } from "@/lib/contract/models";
import type { ThresholdModel } from "./threshold-model";

type Props = {
  models: readonly ThresholdModel[];
  proposed: string;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** Sets from when runs of a model count as stuck. */
export function ThresholdDialog({ models, proposed, isOpen, button, onClose }: Props) {
  const queryClient = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [slug, setSlug] = useState(proposed);
  const [text, setText] = useState<string>();
  const [isAsked, setAsked] = useState(false);
  const model = models.find((other) => other.slug === slug) ?? models[0]!;
  const shown = text ?? String(model.stuckFactor);
  const factor = StuckFactor.safeParse(shown.trim() === "" ? undefined : Number(shown.replace(",", ".")));
  const error = isAsked && !factor.success ? WRONG : undefined;
  const clear = (kept?: string) => {
    setText(kept);
    setAsked(false);
  };
  const change = useChange(
    (stuckFactor: number) => setStuckFactor(model.id, stuckFactor),
    () => {
      clear();
      onClose();
      void queryClient.invalidateQueries({ queryKey: ["stuck"] });
    },
  );
  const start = (from: { slug?: string; text?: string }) => {
    if (from.slug !== undefined) setSlug(from.slug);
    clear(from.text);
    change.reset();
  };
  const leave = () => {
    start({});
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    setAsked(true);
    if (factor.success) change.mutate(factor.data);
    else input.current?.focus();
  };
  return (
    <Dialog
      labelledBy="threshold-title"
      isOpen={isOpen}
      isBusy={change.isPending}
      onClose={leave}
      initialFocus={input}
      finalFocus={button}
      className="w-[28rem]"
    >
      <form onSubmit={submit} noValidate>
        <div className="grid gap-4 px-5 py-4">
          <h2 id="threshold-title" className="text-lg font-semibold">
            When a run counts as stuck
          </h2>
          <Field id="threshold-model" label="Model">
            <select
              id="threshold-model"
              value={model.slug}
              onChange={(event) => start({ slug: event.target.value })}
              className={inputStyle("h-8")}
            >
              {models.map((other) => (
                <option key={other.id} value={other.slug}>
                  {other.slug}
                </option>
              ))}
            </select>
          </Field>
          <Field
            id="threshold-factor"
            label="Times the p95"
            error={error}
            hint={
              <p className="text-ink-muted text-sm">
                The p95 is {formatDuration(model.p95Ms)}
                {factor.success && `: a run is stuck after ${formatDuration(model.p95Ms * factor.data)}`}. It
                holds for every customer, at once.
              </p>
            }
          >
            <Input
              ref={input}
              id="threshold-factor"
              inputMode="decimal"
              autoComplete="off"
              value={shown}
              error={error}
              onChange={(event) => start({ text: event.target.value })}
              className="max-w-28 tabular-nums"
            />
          </Field>
          {change.error && !change.isPending && <RequestFailure error={change.error} isRepeatable />}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          <LeaveButton>Close</LeaveButton>
          <Button type="submit" variant="primary" isBusy={change.isPending}>
            Set threshold
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const WRONG = `Enter a number from ${STUCK_FACTOR_MIN} to ${STUCK_FACTOR_MAX}, with one decimal at most.`;
