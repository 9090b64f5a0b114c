"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { Notice } from "@/components/ui/notice";
import { useDraft } from "@/lib/client/drafts";
import { explainMissing } from "@/lib/client/explain-missing";
import type { RevokeKeyResult } from "@/lib/client/keys";
import type { ApiKey } from "@/lib/contract/keys";

const RevokeDialog = lazyDialog(() => import("./revoke-dialog").then((module) => module.RevokeDialog));

type Props = {
  of: ApiKey;
  /** Whom it acts for, in words. */
  reach: string;
  mayManage: boolean;
};

/** The button, its dialog and what came of it. */
export function RevokeKey({ of: key, reach, mayManage }: Props) {
  const router = useRouter();
  const dialog = useDialog();
  const [reason, setReason] = useDraft(`revoke:${key.id}`);
  const [outcome, setOutcome] = useState<RevokeKeyResult["outcome"]>();
  const isRevoked = key.state === "revoked" || outcome !== undefined;
  const disabledReason = isRevoked
    ? "It is revoked, and that is final."
    : mayManage
      ? undefined
      : explainMissing("revoking keys", "keys.manage");
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch">
      <Button
        {...dialog.opener}
        variant="danger-quiet"
        aria-disabled={disabledReason !== undefined}
        aria-describedby={disabledReason && "revoke-disabled-reason"}
      >
        Revoke key
      </Button>
      {disabledReason && (
        <p
          id="revoke-disabled-reason"
          className={outcome ? "sr-only" : "text-ink-muted text-sm sm:text-right"}
        >
          {disabledReason}
        </p>
      )}
      <div role="status" className="empty:hidden">
        {outcome === "transitioned" && (
          <Notice tone="success">
            <span className="font-medium">Revoked by you.</span> Each request with it is refused from now on.
          </Notice>
        )}
        {outcome === "unchanged" && (
          <Notice tone="info">
            <span className="font-medium">It had been revoked before.</span> Your request changed nothing; the
            audit trail below says who did it.
          </Notice>
        )}
      </div>
      <RevokeDialog
        {...dialog.props}
        {...{ of: key, reach, reason }}
        onReason={setReason}
        onDone={(result) => {
          setOutcome(result.outcome);
          setReason("");
          dialog.close();
          router.refresh();
        }}
      />
    </div>
  );
}
