"use client";

import { ReasonDialog } from "@/components/cancellations/reason-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import type { RevokeKeyResult } from "@/lib/client/keys";
import { useAttempt } from "@/lib/client/use-attempt";
import { ApiKey, revokeKeyOperation } from "@/lib/contract/keys";
import { findRole, permissionsOfServiceKey } from "@/lib/states/permissions";
import { KeyState } from "./key-state";

/** The most common reasons to revoke. */
const TEMPLATES = [
  { label: "Abuse", text: "Ticket #: the key is abused" },
  { label: "Leaked", text: "Ticket #: the key was made public" },
  { label: "Replaced", text: "Ticket #: replaced by a new key" },
];

type Props = DialogProps & {
  of: ApiKey;
  reach: string;
  reason: string;
  onReason: (reason: string) => void;
  onDone: (result: RevokeKeyResult) => void;
};

export function RevokeDialog({ of: key, reach, onDone, ...dialog }: Props) {
  const path = revokeKeyOperation.path.replace("{key_id}", key.id);
  const { submit, isBusy, failure } = useAttempt(path, ApiKey, ({ status, data }) =>
    onDone({ outcome: status === 201 ? "transitioned" : "unchanged", key: data }),
  );
  return (
    <ReasonDialog
      {...dialog}
      title="Revoke this key?"
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
            <li>Every request with it will be refused. This can’t be undone.</li>
            {key.kind === "inference" ? (
              <li>Runs that it created continue; cancel them one by one.</li>
            ) : (
              <li>The script that uses it stops working until it has another key.</li>
            )}
            {mayMakeKeys(key) && <li>Keys that it created keep working. Find them in its audit entries.</li>}
          </ul>
        </>
      }
      templates={TEMPLATES}
      placeholder="Customer ticket #4821: the key was made public"
      keep="Keep key"
      submit="Revoke key"
      submitting="Revoking…"
      variant="danger"
      {...{ isBusy, failure }}
      onSubmit={submit}
    />
  );
}

const mayMakeKeys = ({ scopes, owner }: ApiKey): boolean =>
  permissionsOfServiceKey(scopes ?? [], findRole(owner.role)).includes("keys.manage");
