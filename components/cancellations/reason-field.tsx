"use client";

import { type RefObject, useState } from "react";
import { cx } from "@/components/ui/class-names";
import { CommandKey } from "@/components/ui/command-key";
import { inputStyle } from "@/components/ui/field";
import { readPress } from "@/components/ui/keys";
import { SpokenStatus } from "@/components/ui/spoken-status";
import { findTicket } from "@/lib/client/ticket";
import { countCodePoints, REASON_MAX } from "@/lib/contract/runs";
import { trimWhiteSpace } from "@/lib/contract/text/trim-white-space";
import { type ReasonTemplate, ReasonTemplates } from "./reason-templates";
import { useTicketSettings } from "./ticket-context";
import { TicketPanel, type TicketRun } from "./ticket-panel";

type Props = {
  templates: readonly ReasonTemplate[];
  placeholder: string;
  /** The run to cancel, if the person may see which other runs a ticket has canceled. */
  run?: TicketRun | undefined;
  box: RefObject<HTMLTextAreaElement | null>;
  value: string;
  /** The reason's validation message. */
  problem: string | undefined;
  /** Whether the person has tried to continue: before that, an empty box is no error. */
  isAsked: boolean;
  isLocked: boolean;
  /** The keyboard shortcut that submits. */
  submit: string;
  onChange: (reason: string) => void;
};

/** From here on the remaining characters are shown; from NEARLY_FULL on they are also announced. */
const FEW_LEFT = 100;
const NEARLY_FULL = 25;

export function ReasonField({
  templates,
  placeholder,
  run,
  box,
  value,
  problem,
  isAsked,
  isLocked,
  submit,
  onChange,
}: Props) {
  const [wasLeft, setLeft] = useState(false);
  const left = REASON_MAX - countCodePoints(trimWhiteSpace(value));
  const ticket = findTicket(value, useTicketSettings().pattern);
  // Announced as soon as something is typed; shown as an error once more typing can't fix it.
  const shown = value !== "" || isAsked ? problem : undefined;
  const isError = shown !== undefined && (isAsked || wasLeft || left < 0);
  const help =
    shown ?? (left <= NEARLY_FULL ? `${left} characters left.` : "Saved permanently in the audit trail.");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor="reason" className="font-medium">
          Reason <span className="text-ink-muted font-normal">(required)</span>
        </label>
        {left <= FEW_LEFT && (
          <span
            id="reason-left"
            className={cx("text-sm tabular-nums", left < 0 ? "text-danger font-medium" : "text-ink-muted")}
          >
            {left < 0 ? `${-left} too many` : `${left} left`}
          </span>
        )}
      </div>
      {/* Before the box in tab order: Tab leads from the reason to the buttons. */}
      {templates.length > 0 && <ReasonTemplates {...{ templates, box, value, isLocked, onChange }} />}
      <textarea
        ref={box}
        id="reason"
        data-focus-first
        rows={3}
        value={value}
        readOnly={isLocked}
        required
        aria-invalid={isError || undefined}
        aria-describedby={left <= FEW_LEFT ? "reason-help reason-left" : "reason-help"}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => setLeft(true)}
        onKeyDown={(event) => {
          // In a multi-line box, Enter adds a line.
          const press = readPress(event);
          if (press?.key === "Enter" && press.isCommand && !press.isRepeat)
            event.currentTarget.form?.requestSubmit();
        }}
        className={inputStyle("min-h-20 resize-y py-1.5")}
      />
      <div className="flex items-start justify-between gap-3 text-sm">
        <p id="reason-help" className={cx("min-h-4", isError ? "text-danger" : "text-ink-muted")}>
          {help}
        </p>
        <p className="text-ink-muted flex items-center gap-1.5 whitespace-nowrap max-sm:hidden">
          <CommandKey letter="Enter" /> {submit}
        </p>
      </div>
      <SpokenStatus text={value === "" && !isAsked ? "" : help} />
      <TicketPanel ticket={ticket} run={run} />
    </div>
  );
}
