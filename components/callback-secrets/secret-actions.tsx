"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { CallbackSecret } from "@/lib/contract/callback-secrets";

const PromoteDialog = lazyDialog(() => import("./promote-dialog").then((module) => module.PromoteDialog));
const DisableSecretDialog = lazyDialog(() =>
  import("./disable-secret-dialog").then((module) => module.DisableSecretDialog),
);

type Props = {
  secret: CallbackSecret;
  /** The secret in use now. */
  currentHint: string | undefined;
  customer: string;
  /** Whether it can be disabled: the current secret only if it is the last one. */
  canGo: boolean;
};

export function SecretActions({ secret, currentHint, customer, canGo }: Props) {
  const [promote, disable] = [useDialog(), useDialog()];
  const disabledReasonId = `disabled-reason-${secret.id}`;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
      {!secret.is_current && (
        <Button {...promote.opener} size="sm">
          Promote<span className="sr-only"> …{secret.hint}</span>
        </Button>
      )}
      <Button
        {...disable.opener}
        size="sm"
        aria-disabled={!canGo}
        aria-describedby={canGo ? undefined : disabledReasonId}
      >
        Disable secret<span className="sr-only"> …{secret.hint}</span>
      </Button>
      {!canGo && (
        <span id={disabledReasonId} className="text-ink-muted text-sm">
          Promote another one first.
        </span>
      )}
      <PromoteDialog {...promote.props} {...{ secret, currentHint, customer }} />
      <DisableSecretDialog {...disable.props} {...{ secret, customer }} />
    </div>
  );
}
