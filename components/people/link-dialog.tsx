"use client";

import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { renewInvitation } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import { showLink } from "./show-link";
import type { StaffPerson } from "./staff-person";

/** Creates a password link and shows it once. */
export function LinkDialog({ person, ...dialog }: DialogProps & { person: StaffPerson }) {
  const renew = useChange(() => renewInvitation(person.id));
  const isNew = person.state === "invited";
  return (
    <SecretDialog
      {...dialog}
      role="alertdialog"
      what="link"
      making={renew}
      shown={showLink}
      kept="I’ve sent the link"
      lost="create a new one; the old link then stops working."
    >
      <DialogForm
        title={isNew ? "Create a new invitation link?" : "Create a password link?"}
        text={
          <p>
            <StoredText className="text-ink">{person.name}</StoredText>{" "}
            {isNew
              ? "sets a password with it."
              : "sets a new password with it, which signs them out everywhere."}{" "}
            Any earlier link stops working.
          </p>
        }
        submit="Create link"
        submitting="Creating…"
        isHarmless
        isBusy={renew.isPending}
        failure={renew.error}
        onSubmit={() => renew.mutate(undefined)}
      />
    </SecretDialog>
  );
}
