"use client";

import { type RefObject, useRef } from "react";
import { SecretGone } from "@/components/secrets/secret-gone";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LeaveButton } from "@/components/ui/leave-button";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { renewInvitation } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import { useShownSecret } from "@/lib/client/use-shown-secret";
import { LinkShown } from "./link-shown";
import type { StaffPerson } from "./staff-person";

type Props = {
  person: StaffPerson;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** Makes a link by which a person sets a password, and shows it, this once. */
export function LinkDialog({ person, isOpen, button, onClose }: Props) {
  const confirm = useRef<HTMLButtonElement>(null);
  const renew = useChange(() => renewInvitation(person.id));
  const { shown, gone, forget } = useShownSecret(renew, () => null);
  const link = shown?.link;
  const close = () => {
    onClose();
    // If the dialog is closed while the link is being made, reopening it shows the link.
    if (!renew.isPending) forget();
  };
  const make = () => {
    forget();
    renew.mutate(undefined);
  };
  return (
    <Dialog
      role="alertdialog"
      labelledBy="link-title"
      describedBy="link-text"
      isOpen={isOpen}
      isBusy={renew.isPending}
      isLocked={link !== undefined}
      onClose={close}
      initialFocus={confirm}
      finalFocus={button}
      className="w-[30rem]"
    >
      <div className="grid gap-3 px-5 py-4">
        <h2 id="link-title" className="text-lg font-semibold">
          {link ? `The link for ${plainStored(person.name)}` : "Make a new link?"}
        </h2>
        <p id="link-text" className="text-ink-muted">
          {link ? (
            <>
              This is the only time that it is shown. Send it to{" "}
              <span className="text-ink wrap-anywhere">{person.email}</span> before you close this: it sets
              their password once, within 24 hours.
            </>
          ) : (
            <>
              With it{" "}
              <span className="text-ink">
                <StoredText>{person.name}</StoredText>
              </span>{" "}
              sets a{" "}
              {person.state === "invited" ? "password" : "new password, which signs them out everywhere"}. A
              link that was made before ends.
            </>
          )}
        </p>
        {link && <LinkShown link={link} />}
        {gone && (
          <SecretGone what="link" why={gone.why} next="make a new one; the old link then stops working." />
        )}
        {renew.error && <RequestFailure error={renew.error} />}
      </div>
      <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
        {!link && <LeaveButton>Make none</LeaveButton>}
        <Button
          ref={confirm}
          variant="primary"
          // Double click: the second click must not confirm that the link was sent.
          isBusy={renew.isPending || renew.isSettling}
          onClick={link ? close : make}
        >
          {link ? "I have sent it" : "Make link"}
        </Button>
      </div>
    </Dialog>
  );
}
