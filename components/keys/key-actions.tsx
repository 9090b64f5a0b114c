"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { Notice } from "@/components/ui/notice";
import { useDraft } from "@/lib/client/drafts";
import { explainMissing } from "@/lib/client/explain-missing";
import type { RevokeKeyResult } from "@/lib/client/keys";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";
import { useRefresh } from "@/lib/client/use-refresh";
import type { ApiKey } from "@/lib/contract/keys";
import type { KeyCreator } from "./key-creator";

const NewKeyDialog = lazyDialog(() => import("./new-key-dialog").then((module) => module.NewKeyDialog));
const RevokeDialog = lazyDialog(() => import("./revoke-dialog").then((module) => module.RevokeDialog));

type Props = {
  of: ApiKey;
  /** Its customers, in words. */
  reach: string;
  /** The customers that it lists. */
  customers: Customer[];
  creator: KeyCreator;
  mayManage: boolean;
};

/** Replaces and revokes a key. After a replacement, the reason to revoke the old one is filled in. */
export function KeyActions({ of: key, reach, customers, creator, mayManage }: Props) {
  const { refresh } = useRefresh();
  const [replace, revoke] = [useDialog(), useDialog()];
  const [reason, setReason] = useDraft(`revoke:${key.id}`);
  const [replacedBy, setReplacedBy] = useState<string>();
  const [outcome, setOutcome] = useState<RevokeKeyResult["outcome"]>();
  const isRevoked = key.state === "revoked" || outcome !== undefined;
  const missing = mayManage ? undefined : explainMissing("managing keys", "keys.manage");
  const disabledReason = isRevoked ? "Already revoked. This can’t be undone." : missing;
  const off = (why: string | undefined) =>
    why !== undefined && { "aria-disabled": true, "aria-describedby": "key-disabled-reason" };
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch">
      <div className="flex flex-wrap gap-2 max-sm:*:flex-1">
        <Button {...replace.opener} {...off(missing)}>
          Replace key…
        </Button>
        <Button {...revoke.opener} {...off(disabledReason)} variant="danger-quiet">
          Revoke key
        </Button>
      </div>
      {disabledReason && (
        <p id="key-disabled-reason" className={outcome ? "sr-only" : "text-ink-muted text-sm sm:text-right"}>
          {disabledReason}
        </p>
      )}
      <div role="status" className="empty:hidden">
        {outcome ? (
          <Revoked outcome={outcome} />
        ) : (
          replacedBy && (
            <Notice tone="success">
              <Link
                href={paths.key(replacedBy)}
                prefetch={false}
                className="text-accent font-medium underline"
              >
                The new key
              </Link>{" "}
              is ready. Revoke this one as soon as nothing uses it.
            </Notice>
          )
        )}
      </div>
      <NewKeyDialog
        {...replace.props}
        {...{ creator, customers }}
        replaces={key}
        onKept={({ id }) => {
          setReplacedBy(id);
          if (!reason) setReason("Replaced by a new key");
        }}
      />
      <RevokeDialog
        {...revoke.props}
        {...{ of: key, reach, reason }}
        onReason={setReason}
        onDone={(result) => {
          setOutcome(result.outcome);
          setReason("");
          revoke.close();
          refresh();
        }}
      />
    </div>
  );
}

const Revoked = ({ outcome }: { outcome: RevokeKeyResult["outcome"] }) =>
  outcome === "transitioned" ? (
    <Notice tone="success">
      <span className="font-medium">Revoked by you.</span> Every request with it is now refused.
    </Notice>
  ) : (
    <Notice tone="info">
      <span className="font-medium">Already revoked.</span> Your request changed nothing. The audit trail
      below shows who did it.
    </Notice>
  );
