"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DialogBody, DialogFooter } from "@/components/ui/dialog-parts";
import type { DialogProps } from "@/components/ui/dialog-state";
import { useShownSecret } from "@/lib/client/use-shown-secret";
import { SecretGone } from "./secret-gone";
import { type ShownSecret, SecretShown } from "./secret-shown";

type Making<Made> = { data: Made | undefined; isPending: boolean; isSettling: boolean; reset: () => void };

type Props<Made> = DialogProps & {
  /** The noun, such as "key". */
  what: string;
  making: Making<Made>;
  shown: (made: Made) => ShownSecret;
  /** The label of the button that confirms the secret was saved. */
  kept: string;
  /** What to do if it was lost: completes "If you didn’t save it, ". */
  lost: string;
  role?: "dialog" | "alertdialog";
  width?: string;
  /** Called once the secret was saved, or is lost. */
  onEnd?: (made: { id: string }) => void;
  /** The confirmation before: a `DialogForm` with a text. */
  children: ReactNode;
};

/** Confirms, then creates a secret and shows it once. */
export function SecretDialog<Made extends { id: string }>(props: Props<Made>) {
  const { what, making, kept, lost, role = "dialog", isOpen, onClose, button, onEnd } = props;
  const { shown, gone, forget } = useShownSecret(making, ({ id }) => ({ id }));
  const leave = () => {
    onClose();
    // If the dialog closes while the secret is being created, reopening it shows the secret.
    if (making.isPending) return;
    forget();
    const made = shown ?? gone?.rest;
    if (made) onEnd?.({ id: made.id });
  };
  return (
    <Dialog
      role={shown ? "alertdialog" : role}
      isDescribed={!gone}
      isOpen={isOpen}
      isBusy={making.isPending}
      isLocked={shown !== undefined}
      onClose={leave}
      button={button}
      className={props.width ?? "w-[32rem]"}
    >
      {shown ? (
        <SecretShown
          {...{ what, kept }}
          {...props.shown(shown)}
          isSettling={making.isSettling}
          onKept={leave}
        />
      ) : gone ? (
        <>
          <DialogBody title={`The new ${what}`}>
            <SecretGone what={what} why={gone.why} next={lost} />
          </DialogBody>
          <DialogFooter>
            <Button onClick={leave}>Close</Button>
          </DialogFooter>
        </>
      ) : (
        props.children
      )}
    </Dialog>
  );
}
