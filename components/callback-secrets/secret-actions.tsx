"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RequestFailure } from "@/components/shell/request-failure";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { disableCallbackSecret, promoteCallbackSecret } from "@/lib/client/callback-secrets";
import { useChange } from "@/lib/client/use-change";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";

type Props = {
  secret: CallbackSecret;
  /** Of the secret that signs now. */
  currentHint: string | undefined;
  customer: string;
  /** Whether it may be disabled: the one that signs only when it is the last. */
  canGo: boolean;
};

export function SecretActions({ secret, currentHint, customer, canGo }: Props) {
  const [open, setOpen] = useState<"promote" | "disable">();
  const close = () => setOpen(undefined);
  const promote = useChange(() => promoteCallbackSecret(secret.id), close);
  const disable = useChange(() => disableCallbackSecret(secret.id), close);
  const hint = <code className="mono text-ink whitespace-nowrap">…{secret.hint}</code>;
  const disabledReasonId = `disabled-reason-${secret.id}`;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
      {!secret.is_current && (
        <Button size="sm" onClick={() => setOpen("promote")}>
          Promote<span className="sr-only"> …{secret.hint}</span>
        </Button>
      )}
      <Button
        size="sm"
        aria-disabled={!canGo}
        aria-describedby={canGo ? undefined : disabledReasonId}
        onClick={() => setOpen("disable")}
      >
        Disable<span className="sr-only"> …{secret.hint}</span>
      </Button>
      {!canGo && (
        <span id={disabledReasonId} className="text-ink-muted text-sm">
          Promote another one first.
        </span>
      )}
      <ConfirmDialog
        id={`promote-${secret.id}`}
        title="Sign with this secret?"
        confirm="Promote secret"
        keep="Not yet"
        isOpen={open === "promote"}
        isBusy={promote.isPending}
        failure={promote.error && <RequestFailure error={promote.error} isRepeatable />}
        onConfirm={() => promote.mutate(undefined)}
        onClose={close}
      >
        <p>
          From now on, deliveries to <StoredText className="text-ink">{customer}</StoredText> are signed with{" "}
          {hint}
          {currentHint && (
            <>
              {" "}
              instead of <code className="mono text-ink whitespace-nowrap">…{currentHint}</code>
            </>
          )}
          . A receiver that doesn’t know it yet will refuse every delivery.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        id={`disable-${secret.id}`}
        title="Disable this secret?"
        confirm="Disable secret"
        keep="Keep secret"
        isDangerous
        isOpen={open === "disable"}
        isBusy={disable.isPending}
        failure={disable.error && <RequestFailure error={disable.error} isRepeatable />}
        onConfirm={() => disable.mutate(undefined)}
        onClose={close}
      >
        <p>
          {hint} can’t be brought back.{" "}
          {secret.is_current
            ? `It is the last one: deliveries to ${plainStored(customer)} will no longer be signed.`
            : "It isn’t in use now, and can’t be used again."}
        </p>
      </ConfirmDialog>
    </div>
  );
}
