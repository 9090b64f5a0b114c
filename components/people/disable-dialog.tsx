"use client";

import { type RefObject, useRef } from "react";
import { ReasonForm } from "@/components/cancellations/reason-form";
import { Dialog } from "@/components/ui/dialog";
import { StoredText } from "@/components/ui/stored-text";
import { useDraft } from "@/lib/client/drafts";
import { disablePerson } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import type { StaffPerson } from "./staff-person";

const TEMPLATES = [
  { label: "Has left", text: "Ticket #: has left the company" },
  { label: "Other work", text: "Ticket #: has other work now" },
  { label: "Account at risk", text: "Ticket #: somebody else may use the account" },
];

type Props = {
  person: StaffPerson;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** Asks why, and keeps a person out. */
export function DisableDialog({ person, isOpen, button, onClose }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useDraft(`disable:${person.id}`);
  const disable = useChange(
    (given: string) => disablePerson(person.id, given),
    () => {
      setReason("");
      onClose();
    },
  );
  return (
    <Dialog
      role="alertdialog"
      labelledBy="disable-title"
      describedBy="disable-text"
      isOpen={isOpen}
      isBusy={disable.isPending}
      onClose={onClose}
      initialFocus={box}
      finalFocus={button}
      className="w-[32rem]"
    >
      <ReasonForm
        {...{ reason, box }}
        templates={TEMPLATES}
        placeholder="Ticket #4821: has left the company"
        words={{ keep: "Keep person", go: "Disable person", going: "Disabling…" }}
        isBusy={disable.isPending}
        failure={disable.error}
        onReason={setReason}
        onSubmit={(given) => disable.mutate(given)}
      >
        <div className="grid gap-2">
          <h2 id="disable-title" className="text-lg font-semibold">
            Disable this person?
          </h2>
          <p className="text-ink-muted">
            <span className="text-ink">
              <StoredText>{person.name}</StoredText>
            </span>
            , <span className="wrap-anywhere">{person.email}</span>
          </p>
          <ul id="disable-text" className="text-ink-muted list-disc space-y-1 pl-4">
            <li>They are signed out everywhere, and can’t sign in.</li>
            <li>Keys that they own are refused.</li>
            <li>What they did stays in the audit trail, and they can be enabled again.</li>
          </ul>
        </div>
      </ReasonForm>
    </Dialog>
  );
}
