"use client";

import { type FormEvent, type RefObject, useRef, useState } from "react";
import { ReasonField } from "@/components/cancellations/reason-field";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { revokeKey, type RevokeKeyResult } from "@/lib/client/keys";
import { type Attempt, useAttempt } from "@/lib/client/use-attempt";
import type { ApiKey } from "@/lib/contract/keys";
import { Reason } from "@/lib/contract/runs";
import { KeyState } from "./key-state";

/** Why keys are revoked. */
const TEMPLATES = [
  { label: "Abuse", text: "Ticket #: the key is abused" },
  { label: "Leaked", text: "Ticket #: the key was made public" },
  { label: "Replaced", text: "Ticket #: replaced by a new key" },
];

type Props = {
  of: ApiKey;
  reach: string;
  isOpen: boolean;
  reason: string;
  button: RefObject<HTMLButtonElement | null>;
  onReason: (reason: string) => void;
  onClose: () => void;
  onDone: (result: RevokeKeyResult) => void;
};

export function RevokeDialog({ of: key, reach, isOpen, reason, button, onReason, onClose, onDone }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [isAsked, setAsked] = useState(false);
  const { submit, isBusy, failure } = useAttempt((attempt: Attempt) => revokeKey(key.id, attempt), onDone);
  const checked = Reason.safeParse(reason);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setAsked(true);
    if (checked.success) submit(checked.data);
    else box.current?.focus();
  };
  return (
    <Dialog
      role="alertdialog"
      labelledBy="revoke-title"
      describedBy="revoke-consequences"
      isOpen={isOpen}
      isLocked={isBusy}
      onClose={onClose}
      initialFocus={box}
      finalFocus={button}
      className="w-[32rem]"
    >
      <div className="grid gap-1 border-b px-5 pt-4 pb-3">
        <div className="flex flex-wrap items-center justify-between gap-x-3">
          <h2 id="revoke-title" className="text-lg font-semibold">
            Revoke this key?
          </h2>
          <KeyState state={key.state} />
        </div>
        <p className="text-ink-muted wrap-anywhere">
          <span className="text-ink">{key.name}</span> <code className="mono">{key.prefix}…</code> of{" "}
          <span className="text-ink">{key.owner.name}</span>, for <span className="text-ink">{reach}</span>
        </p>
      </div>
      <form onSubmit={ask} noValidate>
        <div className="grid gap-4 px-5 py-4">
          <ul id="revoke-consequences" className="text-ink-muted list-disc space-y-1 pl-4">
            <li>
              Each request with it is refused from that moment on, everywhere. It can’t be brought back.
            </li>
            {key.kind === "inference" ? (
              <li>What it has created goes on: runs that are under way are cancelled one by one.</li>
            ) : (
              <li>The script that uses it stops working until it has another key.</li>
            )}
            {key.scopes?.includes("keys.manage") && (
              <li>Keys that it has made go on working; they are among what it did, in the audit trail.</li>
            )}
          </ul>
          <ReasonField
            templates={TEMPLATES}
            placeholder="Customer ticket #4821: the key was made public"
            box={box}
            value={reason}
            problem={checked.success ? undefined : checked.error.issues[0]?.message}
            isAsked={isAsked}
            isLocked={isBusy}
            onChange={onReason}
          />
          {failure && !isBusy && <RequestFailure error={failure} isRepeatable />}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          <Button aria-disabled={isBusy} onClick={() => !isBusy && onClose()}>
            Keep key
          </Button>
          <Button type="submit" variant="danger" isBusy={isBusy}>
            {isBusy ? "Revoking…" : "Revoke key"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
