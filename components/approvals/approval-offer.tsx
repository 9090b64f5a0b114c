"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { RequestFailure } from "@/components/ui/request-failure";
import { showWhole } from "@/components/ui/show-whole";
import { type ApprovalAction, requestApproval } from "@/lib/client/approvals";
import { paths } from "@/lib/client/paths";
import { useOnce } from "@/lib/client/use-once";
import { Reason } from "@/lib/contract/runs";
import { APPROVAL_HOURS } from "@/lib/states/approval";

type Props = {
  action: ApprovalAction;
  /** The reason that was typed; asked for if absent. */
  reason: string | undefined;
  /** The server's sentence. */
  why: string;
};

/** Inside a dialog that was refused: asks a second person for approval. */
export function ApprovalOffer({ action, reason, why }: Props) {
  const [typed, setTyped] = useState("");
  const [isAsked, setAsked] = useState(false);
  const [requested, setRequested] = useState<string>();
  const { submit, isBusy, failure } = useOnce(
    (given: string, key) => requestApproval(action, given, key),
    ({ id }) => setRequested(id),
  );
  const checked = Reason.safeParse(reason ?? typed);
  const ask = () => {
    setAsked(true);
    if (checked.success) submit(checked.data);
  };
  if (requested !== undefined)
    return (
      <Notice tone="success" role="status">
        <p className="font-medium">Approval requested. Nothing else has changed.</p>
        <p>
          Once someone approves it, do this again within {APPROVAL_HOURS} hours.{" "}
          <Link href={paths.approval(requested)} prefetch={false} className="text-accent underline">
            Follow the request
          </Link>
        </p>
      </Notice>
    );
  return (
    <div ref={showWhole}>
      <Notice tone="warn" role="alert">
        <p className="font-medium">{why}</p>
        <p>Nothing has changed.</p>
        {reason === undefined && (
          <TextField
            label="Reason, for the second person"
            value={typed}
            autoComplete="off"
            error={isAsked && !checked.success ? checked.error.issues[0]?.message : undefined}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {failure && !isBusy && <RequestFailure error={failure} isRepeatable />}
        <Button variant="primary" size="sm" className="mt-2" isBusy={isBusy} onClick={ask}>
          {isBusy ? "Requesting…" : "Request approval"}
        </Button>
      </Notice>
    </div>
  );
}
