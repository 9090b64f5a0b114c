"use client";

import { type FormEvent, useRef, useState } from "react";
import { CANCEL_TEMPLATES } from "@/components/cancellations/cancel-templates";
import { ReasonField } from "@/components/cancellations/reason-field";
import { Button } from "@/components/ui/button";
import { RequestFailure } from "@/components/ui/request-failure";
import { placeProblems } from "@/lib/client/place-problems";
import { Reason } from "@/lib/contract/runs";
import { type BatchViewer, findBulkReason } from "./batch-viewer";
import { CopyAdminLink } from "./copy-admin-link";
import { usePlan } from "./use-plan";

type Props = {
  selection: { q: string; orgId: string | undefined };
  reason: string;
  viewer: Omit<BatchViewer, "id">;
  /** The path of this draft, for the link. */
  path: string;
  /** Why the typed expression can't be planned yet; focuses it. */
  checkRuns: () => string | undefined;
  onReason: (reason: string) => void;
  /** The server's refusal of the expression. */
  onRefused: (message: string) => void;
};

/** The second half of a draft: why, and the button that makes the plan. */
export function PlanForm({ selection, reason, viewer, path, checkRuns, onReason, onRefused }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [isAsked, setAsked] = useState(false);
  const [notice, setNotice] = useState("");
  const { submit, isBusy, failure } = usePlan({
    onFailure: (error) => {
      const { q } = placeProblems(error, ["q"]).at;
      if (q) onRefused(q);
    },
  });
  const { at, rest } = placeProblems(failure, ["q", "reason"]);
  const checked = Reason.safeParse(reason);
  const disabledReason = findBulkReason(viewer.mayCancelBulk);

  const create = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || disabledReason) return;
    setAsked(true);
    const problem = checkRuns();
    setNotice(problem ?? "");
    if (problem !== undefined) return;
    if (checked.success) submit({ reason: checked.data, q: selection.q, org_id: selection.orgId });
    else box.current?.focus();
  };
  return (
    <form
      onSubmit={create}
      noValidate
      className="bg-surface grid grid-cols-[minmax(0,1fr)] gap-4 rounded-lg border p-4"
    >
      <ReasonField
        templates={CANCEL_TEMPLATES}
        placeholder="Customer ticket #4821: duplicate submission"
        run={viewer.mayReadAudit ? null : undefined}
        box={box}
        value={reason}
        problem={checked.success ? at.reason : checked.error.issues[0]?.message}
        isAsked={isAsked}
        isLocked={isBusy}
        submit="Create plan"
        onChange={onReason}
      />
      {rest && !isBusy && <RequestFailure error={rest} isRepeatable />}
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t pt-3">
        <p role="status" className="text-warn basis-full empty:hidden">
          {notice}
        </p>
        {disabledReason && (
          <>
            <p id="bulk-disabled-reason" className="text-ink-muted basis-full text-sm">
              {disabledReason}
            </p>
            <CopyAdminLink path={path} />
          </>
        )}
        <Button
          type="submit"
          variant={disabledReason ? "secondary" : "primary"}
          isBusy={isBusy}
          aria-disabled={disabledReason !== undefined}
          aria-describedby={disabledReason && "bulk-disabled-reason"}
        >
          {isBusy ? "Planning…" : "Create plan"}
        </Button>
      </div>
    </form>
  );
}
