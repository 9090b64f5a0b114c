"use client";

import { type FormEvent, type RefObject, useRef, useState } from "react";
import { ReasonField } from "@/components/cancellations/reason-field";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { disablePerson } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import { Reason } from "@/lib/contract/runs";
import type { Staff } from "./person-actions";

const TEMPLATES = [
  { label: "Has left", text: "Ticket #: has left the company" },
  { label: "Other work", text: "Ticket #: has other work now" },
  { label: "Account at risk", text: "Ticket #: somebody else may use the account" },
];

type Props = {
  person: Staff;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** Asks why, and keeps a person out. */
export function DisableDialog({ person, isOpen, button, onClose }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState("");
  const [isAsked, setAsked] = useState(false);
  const disable = useChange((given: string) => disablePerson(person.id, given), onClose);
  const checked = Reason.safeParse(reason);
  const isBusy = disable.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setAsked(true);
    if (checked.success) disable.mutate(checked.data);
    else box.current?.focus();
  };
  return (
    <Dialog
      role="alertdialog"
      labelledBy="disable-title"
      describedBy="disable-text"
      isOpen={isOpen}
      isLocked={isBusy}
      onClose={onClose}
      initialFocus={box}
      finalFocus={button}
      className="w-[32rem]"
    >
      <form onSubmit={submit} noValidate>
        <div className="grid gap-4 px-5 py-4">
          <div className="grid gap-2">
            <h2 id="disable-title" className="text-lg font-semibold">
              Disable this person?
            </h2>
            <p className="text-ink-muted">
              <span className="text-ink">{person.name}</span>,{" "}
              <span className="wrap-anywhere">{person.email}</span>
            </p>
            <ul id="disable-text" className="text-ink-muted list-disc space-y-1 pl-4">
              <li>They are signed out everywhere, and can’t sign in.</li>
              <li>Keys that they own are refused.</li>
              <li>What they did stays in the audit trail, and they can be enabled again.</li>
            </ul>
          </div>
          <ReasonField
            templates={TEMPLATES}
            placeholder="Ticket #4821: has left the company"
            box={box}
            value={reason}
            problem={checked.success ? undefined : checked.error.issues[0]?.message}
            isAsked={isAsked}
            isLocked={isBusy}
            onChange={setReason}
          />
          {disable.error && !isBusy && <RequestFailure error={disable.error} isRepeatable />}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          <Button aria-disabled={isBusy} onClick={onClose}>
            Keep person
          </Button>
          <Button type="submit" variant="danger" isBusy={isBusy}>
            {isBusy ? "Disabling…" : "Disable person"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
