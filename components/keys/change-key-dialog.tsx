"use client";

import { ReasonDialog } from "@/components/cancellations/reason-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import type { ChangeKeyResult, KeyChange } from "@/lib/client/keys";
import { useAttempt } from "@/lib/client/use-attempt";
import { ApiKey, resumeKeyOperation, revokeKeyOperation, suspendKeyOperation } from "@/lib/contract/keys";
import { findRole, permissionsOfServiceKey } from "@/lib/states/permissions";
import { KeyState } from "./key-state";

const ABUSE = { label: "Abuse", text: "Ticket #: the key is abused" };
const LEAKED = { label: "Leaked", text: "Ticket #: the key was made public" };

/** The most common reasons come first. */
const CHANGES = {
  suspend: {
    operation: suspendKeyOperation,
    title: "Suspend this key for an hour?",
    submit: "Suspend for an hour",
    submitting: "Suspending…",
    keep: "Keep key",
    variant: "primary",
    templates: [ABUSE, LEAKED],
    placeholder: "Customer ticket #4821: the key may be abused",
  },
  resume: {
    operation: resumeKeyOperation,
    title: "Resume this key?",
    submit: "Resume key",
    submitting: "Resuming…",
    keep: "Keep it suspended",
    variant: "primary",
    templates: [
      { label: "No abuse", text: "Ticket #: the key is not abused" },
      { label: "Mended", text: "Ticket #: the customer has mended it" },
    ],
    placeholder: "Customer ticket #4821: the key is not abused",
  },
  revoke: {
    operation: revokeKeyOperation,
    title: "Revoke this key?",
    submit: "Revoke key",
    submitting: "Revoking…",
    keep: "Keep key",
    variant: "danger",
    templates: [ABUSE, LEAKED, { label: "Replaced", text: "Ticket #: replaced by a new key" }],
    placeholder: "Customer ticket #4821: the key was made public",
  },
} as const;

type Props = DialogProps & {
  change: KeyChange;
  of: ApiKey;
  reach: string;
  reason: string;
  onReason: (reason: string) => void;
  onDone: (result: ChangeKeyResult, reason: string) => void;
};

/** Suspends, resumes or revokes a key, with a reason. */
export function ChangeKeyDialog({ change, of: key, reach, onDone, ...dialog }: Props) {
  const { operation, ...words } = CHANGES[change];
  const path = operation.path.replace("{key_id}", key.id);
  const { submit, isBusy, failure } = useAttempt(path, ApiKey, ({ status }) =>
    onDone({ change, outcome: status === 201 ? "transitioned" : "unchanged" }, dialog.reason),
  );
  return (
    <ReasonDialog
      {...dialog}
      {...words}
      aside={<KeyState state={key.state} />}
      text={
        <>
          <p className="wrap-anywhere">
            <span className="text-ink">
              <StoredText>{key.name}</StoredText>
            </span>{" "}
            <code className="mono">{key.prefix}…</code> of{" "}
            <span className="text-ink">
              <StoredText>{key.owner.name}</StoredText>
            </span>
            , for <span className="text-ink">{reach}</span>
          </p>
          <ul className="list-disc space-y-1 pl-4">
            <Consequences of={key} change={change} />
          </ul>
        </>
      }
      {...{ isBusy, failure }}
      onSubmit={submit}
    />
  );
}

function Consequences({ of: key, change }: Pick<Props, "of" | "change">) {
  if (change === "resume") return <li>Requests with it are accepted again immediately.</li>;
  return (
    <>
      {change === "suspend" ? (
        <li>Every request with it will be refused for an hour. You can resume or revoke it earlier.</li>
      ) : (
        <li>Every request with it will be refused. This can’t be undone.</li>
      )}
      {key.kind === "inference" ? (
        <li>Runs that it created continue. You can cancel its live runs next, with the same reason.</li>
      ) : (
        <li>The script that uses it stops working{change === "revoke" && " until it has another key"}.</li>
      )}
      {mayMakeKeys(key) && <li>Keys that it created keep working. Find them in its audit entries.</li>}
    </>
  );
}

const mayMakeKeys = ({ scopes, owner }: ApiKey): boolean =>
  permissionsOfServiceKey(scopes ?? [], findRole(owner.role)).includes("keys.manage");
