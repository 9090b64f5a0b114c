"use client";

import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { renewInvitation } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import { showLink } from "./show-link";
import type { StaffPerson } from "./staff-person";

type Props = DialogProps & { person: StaffPerson; isMailed: boolean };

/** Creates a password link and shows it once, or sends it to the person. */
export function LinkDialog({ person, isMailed, ...dialog }: Props) {
  const renew = useChange(() => renewInvitation(person.id));
  const isNew = person.state === "invited";
  return (
    <SecretDialog
      {...dialog}
      role="alertdialog"
      what="link"
      making={renew}
      shown={showLink}
      kept={isMailed ? "Done" : "I’ve sent the link"}
      lost="create a new one; the old link then stops working."
    >
      <DialogForm
        title={
          isMailed ? "Email a new link?" : isNew ? "Create a new invitation link?" : "Create a password link?"
        }
        text={
          <p>
            <StoredText className="text-ink">{person.name}</StoredText>{" "}
            {isNew
              ? "sets a password with it."
              : "sets a new password with it, which signs them out everywhere."}{" "}
            Any earlier link stops working.
          </p>
        }
        submit={isMailed ? "Send email" : "Create link"}
        submitting={isMailed ? "Sending…" : "Creating…"}
        isHarmless
        isBusy={renew.isPending}
        failure={renew.error}
        onSubmit={() => renew.mutate(undefined)}
      />
    </SecretDialog>
  );
}
