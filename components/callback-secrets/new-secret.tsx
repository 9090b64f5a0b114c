"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { LeaveButton } from "@/components/ui/leave-button";
import { SecretGone } from "@/components/secrets/secret-gone";
import { RequestFailure } from "@/components/shell/request-failure";
import { plainStored } from "@/lib/client/bidi";
import { createCallbackSecret } from "@/lib/client/callback-secrets";
import { useChange } from "@/lib/client/use-change";
import { useShownSecret } from "@/lib/client/use-shown-secret";

type Props = { orgId: string; customer: string; isFirst: boolean };

/** Makes a secret and shows it, this once. */
export function NewSecret({ orgId, customer, isFirst }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const create = useChange(() => createCallbackSecret(orgId));
  const { shown, gone, forget } = useShownSecret(create, () => null);
  const secret = shown?.secret;
  const close = () => {
    setOpen(false);
    // If the dialog is closed while the secret is being made, reopening it shows the secret.
    if (!create.isPending) forget();
  };
  const make = () => {
    forget();
    create.mutate(undefined);
  };
  return (
    <>
      <Button ref={button} size="sm" onClick={() => setOpen(true)}>
        New secret
      </Button>
      <Dialog
        role="alertdialog"
        labelledBy="new-secret-title"
        describedBy="new-secret-text"
        isOpen={isOpen}
        isBusy={create.isPending}
        isLocked={secret !== undefined}
        onClose={close}
        initialFocus={confirm}
        finalFocus={button}
        className="w-[30rem]"
      >
        <div className="grid gap-3 px-5 py-4">
          <h2 id="new-secret-title" className="text-lg font-semibold">
            {secret ? "The new secret" : `Make a secret for ${plainStored(customer)}?`}
          </h2>
          <p id="new-secret-text" className="text-ink-muted">
            {secret
              ? "This is the only time that it is shown. Hand it to the customer by a safe way before you close this."
              : isFirst
                ? "It is the first one: what is sent to them is signed with it at once."
                : "It isn’t used until you promote it, so the customer can configure it first."}
          </p>
          {secret && (
            <div className="bg-sunken flex items-center justify-between gap-2 rounded px-3 py-2">
              <code data-testid="secret" className="mono min-w-0 wrap-anywhere">
                {secret}
              </code>
              <CopyButton text={secret} what="secret" />
            </div>
          )}
          {gone && <SecretGone what="secret" why={gone.why} next="disable it and make another one." />}
          {create.error && <RequestFailure error={create.error} />}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          {!secret && <LeaveButton>Make none</LeaveButton>}
          <Button
            ref={confirm}
            variant="primary"
            // Double click: the second click must not press "I have kept it".
            isBusy={create.isPending || create.isSettling}
            onClick={secret ? close : make}
          >
            {secret ? "I have kept it" : "Make secret"}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
