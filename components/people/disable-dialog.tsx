"use client";

import { useQuery } from "@tanstack/react-query";
import { ReasonDialog } from "@/components/cancellations/reason-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { useDraft } from "@/lib/client/drafts";
import { disablePerson, personCredentialsOptions } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import { EndingCredentials } from "./ending-credentials";
import type { StaffPerson } from "./staff-person";

const TEMPLATES = [
  { label: "Has left", text: "Ticket #: has left the company" },
  { label: "Changed teams", text: "Ticket #: moved to another team" },
  { label: "Account at risk", text: "Ticket #: someone else may be using the account" },
];

/** Asks for a reason, then disables a person. */
export function DisableDialog({ person, ...dialog }: DialogProps & { person: StaffPerson }) {
  const [reason, setReason] = useDraft(`disable:${person.id}`);
  const disable = useChange(
    (given: string) => disablePerson(person.id, given),
    () => {
      setReason("");
      dialog.onClose();
    },
  );
  const credentials = useQuery({ ...personCredentialsOptions(person.id), enabled: dialog.isOpen });
  return (
    <ReasonDialog
      {...dialog}
      title="Disable this person?"
      text={
        <>
          <p>
            <span className="text-ink">
              <StoredText>{person.name}</StoredText>
            </span>
            , <span className="wrap-anywhere">{person.email}</span>
          </p>
          <ul className="list-disc space-y-1 pl-4">
            <li>They are signed out everywhere and can’t sign in.</li>
            <li>Their audit entries stay. You can enable them again.</li>
          </ul>
          <EndingCredentials credentials={credentials.data} isFailed={credentials.isError} />
        </>
      }
      templates={TEMPLATES}
      placeholder="Ticket #4821: has left the company"
      keep="Keep person"
      submit="Disable person"
      submitting="Disabling…"
      variant="danger"
      isBusy={disable.isPending}
      failure={disable.error}
      reason={reason}
      onReason={setReason}
      onSubmit={(given) => disable.mutate(given)}
    />
  );
}
