"use client";

import { type RefObject, useRef } from "react";
import { SecretGone } from "@/components/secrets/secret-gone";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { createKey } from "@/lib/client/keys";
import { useChange } from "@/lib/client/use-change";
import type { SecretEnd } from "@/lib/client/secret-ends";
import { useShownSecret } from "@/lib/client/use-shown-secret";
import type { CreateKeyBody } from "@/lib/contract/keys";
import type { KeyCreator, Org } from "./key-creator";
import { KeyShownOnce } from "./key-shown-once";
import { NewKeyForm } from "./new-key-form";

type Props = {
  creator: KeyCreator;
  orgs: readonly Org[];
  chosenOrg: string;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  /** The key was made, and the person says that they have it. */
  onKept: (key: { id: string }) => void;
};

/** Asks what a new key is for, and then shows it, this once. */
export function NewKeyDialog({ creator, orgs, chosenOrg, isOpen, button, onClose, onKept }: Props) {
  const first = useRef<HTMLInputElement>(null);
  const create = useChange((body: CreateKeyBody) => createKey(body));
  const { shown: made, gone, forget } = useShownSecret(create, ({ id }) => ({ id }));
  const leave = () => {
    onClose();
    // If the dialog is closed while the key is being made, reopening it shows the key.
    if (create.isPending) return;
    forget();
    const key = made ?? gone?.rest;
    if (key) onKept(key);
  };
  return (
    <Dialog
      {...(made && { role: "alertdialog", describedBy: "key-shown" })}
      labelledBy="new-key-title"
      isOpen={isOpen}
      isBusy={create.isPending}
      isLocked={made !== undefined}
      onClose={leave}
      initialFocus={first}
      finalFocus={button}
      className="w-[40rem] scroll-pb-20"
    >
      {made ? (
        <KeyShownOnce made={made} isSettling={create.isSettling} onKept={leave} />
      ) : gone ? (
        <GoneKey why={gone.why} onClose={leave} />
      ) : (
        <NewKeyForm
          {...{ creator, orgs, chosenOrg, first }}
          isBusy={create.isPending}
          failure={create.error}
          onChange={create.reset}
          onSubmit={create.mutate}
        />
      )}
    </Dialog>
  );
}

function GoneKey({ why, onClose }: { why: SecretEnd; onClose: () => void }) {
  return (
    <div className="grid gap-3 px-5 py-4">
      <h2 id="new-key-title" className="text-lg font-semibold">
        The new key
      </h2>
      <SecretGone what="key" why={why} next="revoke it on its page and make another one." />
      <Button className="justify-self-end" onClick={onClose}>
        Go to its page
      </Button>
    </div>
  );
}
