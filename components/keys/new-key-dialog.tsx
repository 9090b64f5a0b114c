"use client";

import { type RefObject, useRef } from "react";
import { Dialog } from "@/components/ui/dialog";
import { createKey } from "@/lib/client/keys";
import { useChange } from "@/lib/client/use-change";
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
  const made = create.data;
  const leave = () => {
    onClose();
    // Nothing in the page keeps it.
    create.reset();
    if (made) onKept(made);
  };
  return (
    <Dialog
      {...(made && { role: "alertdialog", describedBy: "key-shown" })}
      labelledBy="new-key-title"
      isOpen={isOpen}
      isLocked={create.isPending || made !== undefined}
      onClose={leave}
      initialFocus={first}
      finalFocus={button}
      className="w-[40rem] scroll-pb-20"
    >
      {made ? (
        <KeyShownOnce made={made} onKept={leave} />
      ) : (
        <NewKeyForm
          {...{ creator, orgs, chosenOrg, first }}
          isBusy={create.isPending}
          failure={create.error}
          onChange={create.reset}
          onSubmit={create.mutate}
          onClose={leave}
        />
      )}
    </Dialog>
  );
}
