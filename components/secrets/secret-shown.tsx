"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog-parts";

export type ShownSecret = {
  title: ReactNode;
  /** What to do with it before it disappears. */
  text: ReactNode;
  /** Absent if it was sent instead. */
  value?: string;
  /** Overrides the dialog's noun, for another kind of secret. */
  what?: string;
  /** Overrides the label of the button that confirms it was saved. */
  kept?: string;
};

type Props = Omit<ShownSecret, "what" | "kept"> & {
  /** The noun, such as "key". */
  what: string;
  /** On a double click, the second click must not confirm that it was saved. */
  isSettling: boolean;
  kept: string;
  onKept: () => void;
};

/** A new secret. The browser warns before the page is left unconfirmed. Or only the news that it was sent. */
export function SecretShown({ title, text, value, what, isSettling, kept, onKept }: Props) {
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    confirm.current?.focus();
    if (value === undefined) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [value]);
  return (
    <>
      <DialogBody title={title} text={text}>
        {value !== undefined && (
          <div className="bg-sunken flex items-center justify-between gap-2 rounded px-3 py-2">
            <code data-testid={what} className="mono min-w-0 break-all whitespace-pre-line">
              {value}
            </code>
            <CopyButton text={value} what={what} />
          </div>
        )}
      </DialogBody>
      <DialogFooter>
        <Button ref={confirm} variant="primary" isBusy={isSettling} onClick={onKept}>
          {kept}
        </Button>
      </DialogFooter>
    </>
  );
}
