"use client";

import { type RefObject, useRef } from "react";
import { ReasonForm } from "@/components/cancellations/reason-form";
import { Dialog } from "@/components/ui/dialog";
import { StoredText } from "@/components/ui/stored-text";
import type { RevokeKeyResult } from "@/lib/client/keys";
import { useAttempt } from "@/lib/client/use-attempt";
import { ApiKey, revokeKeyOperation } from "@/lib/contract/keys";
import { findRole, permissionsOfServiceKey } from "@/lib/states/permissions";
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
  const path = revokeKeyOperation.path.replace("{key_id}", key.id);
  const { submit, isBusy, failure } = useAttempt(path, ApiKey, ({ status, data }) =>
    onDone({ outcome: status === 201 ? "transitioned" : "unchanged", key: data }),
  );
  return (
    <Dialog
      role="alertdialog"
      labelledBy="revoke-title"
      describedBy="revoke-consequences"
      isOpen={isOpen}
      isBusy={isBusy}
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
          <span className="text-ink">
            <StoredText>{key.name}</StoredText>
          </span>{" "}
          <code className="mono">{key.prefix}…</code> of{" "}
          <span className="text-ink">
            <StoredText>{key.owner.name}</StoredText>
          </span>
          , for <span className="text-ink">{reach}</span>
        </p>
      </div>
      <ReasonForm
        {...{ reason, box, isBusy, failure, onReason }}
        templates={TEMPLATES}
        placeholder="Customer ticket #4821: the key was made public"
        words={{ keep: "Keep key", go: "Revoke key", going: "Revoking…" }}
        onSubmit={submit}
      >
        <ul id="revoke-consequences" className="text-ink-muted list-disc space-y-1 pl-4">
          <li>Each request with it is refused from that moment on, everywhere. It can’t be brought back.</li>
          {key.kind === "inference" ? (
            <li>What it has created goes on: runs that are under way are cancelled one by one.</li>
          ) : (
            <li>The script that uses it stops working until it has another key.</li>
          )}
          {mayMakeKeys(key) && (
            <li>Keys that it has made go on working; they are among what it did, in the audit trail.</li>
          )}
        </ul>
      </ReasonForm>
    </Dialog>
  );
}

const mayMakeKeys = ({ scopes, owner }: ApiKey): boolean =>
  permissionsOfServiceKey(scopes ?? [], findRole(owner.role)).includes("keys.manage");
