"use client";

import { type RefObject, useState } from "react";
import { cx } from "@/components/ui/class-names";
import { inputStyle } from "@/components/ui/field";
import { readPress } from "@/components/ui/keys";
import { SpokenStatus } from "@/components/ui/spoken-status";
import { useSettled } from "@/components/ui/use-settled";
import { findTicket } from "@/lib/client/ticket";
import { countCodePoints, REASON_MAX, trimWhiteSpace } from "@/lib/contract/runs";
import { type ReasonTemplate, ReasonTemplates } from "./reason-templates";
import { TicketChip } from "./ticket-chip";
import { useTicketSettings } from "./ticket-context";
import { TicketHistory } from "./ticket-history";

type Props = {
  templates: readonly ReasonTemplate[];
  placeholder: string;
  /** The run that is to be cancelled, where the person may be told which others a ticket has cancelled before. */
  runId?: string | undefined;
  box: RefObject<HTMLTextAreaElement | null>;
  value: string;
  /** What is wrong with the reason as it stands. */
  problem: string | undefined;
  /** Whether the person has tried to go on; an empty box is not wrong before. */
  isAsked: boolean;
  isLocked: boolean;
  onChange: (reason: string) => void;
};

/** A ticket that is still being typed is another one with each key. */
const TYPING_MS = 400;

/** From here on the count-down is said aloud. */
const NEARLY_FULL = 25;

export function ReasonField({
  templates,
  placeholder,
  runId,
  box,
  value,
  problem,
  isAsked,
  isLocked,
  onChange,
}: Props) {
  const [wasLeft, setLeft] = useState(false);
  const left = REASON_MAX - countCodePoints(trimWhiteSpace(value));
  const ticket = findTicket(value, useTicketSettings().pattern);
  const settled = useSettled(ticket, TYPING_MS);
  // Said as soon as something is typed; drawn as an error once it can no longer be a beginning.
  const shown = value !== "" || isAsked ? problem : undefined;
  const isError = shown !== undefined && (isAsked || wasLeft || left < 0);
  const help =
    shown ?? (left <= NEARLY_FULL ? `${left} characters left.` : "Kept in the audit trail for good.");
  return (
    <div className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor="reason" className="font-medium">
          Reason <span className="text-ink-muted font-normal">(required)</span>
        </label>
        <span
          data-testid="reason-left"
          className={cx("text-sm", left < 0 ? "text-danger font-medium" : "text-ink-muted")}
        >
          {left < 0 ? `${-left} too many` : `${left} left`}
        </span>
      </div>
      {/* Before the box: from the reason, Tab leads on to the decision. */}
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
        aria-describedby="reason-help"
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => setLeft(true)}
        onKeyDown={(event) => {
          // In a text of several lines Enter makes a line.
          const press = readPress(event);
          if (press?.key === "Enter" && press.isCommand && !press.isRepeat)
            event.currentTarget.form?.requestSubmit();
        }}
        className={inputStyle("min-h-20 resize-y py-1.5")}
      />
      <p id="reason-help" className={cx("min-h-4 text-sm", isError ? "text-danger" : "text-ink-muted")}>
        {help}
      </p>
      <SpokenStatus text={value === "" && !isAsked ? "" : help} />
      {ticket && <TicketChip ticket={ticket} />}
      {settled && runId !== undefined && <TicketHistory ticket={settled} runId={runId} />}
    </div>
  );
}
