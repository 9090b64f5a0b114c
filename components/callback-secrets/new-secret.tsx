"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { RequestFailure } from "@/components/shell/request-failure";
import { plainStored } from "@/lib/client/bidi";
import { createCallbackSecret } from "@/lib/client/callback-secrets";
import { useChange } from "@/lib/client/use-change";

type Props = { orgId: string; customer: string; isFirst: boolean };

/** Makes a secret and shows it, this once. */
export function NewSecret({ orgId, customer, isFirst }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const create = useChange(() => createCallbackSecret(orgId));
  const secret = create.data?.secret;
  const close = () => {
    setOpen(false);
    // Nothing in the page keeps it.
    create.reset();
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
        isLocked={create.isPending || secret !== undefined}
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
                : "It signs nothing before it is promoted, so the customer has time to teach it to their receiver."}
          </p>
          {secret && (
            <div className="bg-sunken flex items-center justify-between gap-2 rounded px-3 py-2">
              <code data-testid="secret" className="mono min-w-0 wrap-anywhere">
                {secret}
              </code>
              <CopyButton text={secret} what="secret" />
            </div>
          )}
          {create.error && <RequestFailure error={create.error} />}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          {!secret && (
            <Button aria-disabled={create.isPending} onClick={close}>
              Make none
            </Button>
          )}
          <Button
            ref={confirm}
            variant="primary"
            isBusy={create.isPending}
            onClick={secret ? close : () => create.mutate(undefined)}
          >
            {secret ? "I have kept it" : "Make secret"}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
