"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { CANCEL_TEMPLATES } from "@/components/cancellations/cancel-templates";
import { ReasonField } from "@/components/cancellations/reason-field";
import { ExpressionBox, type ExpressionError } from "@/components/runs/expression-box";
import { Button } from "@/components/ui/button";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { Panel } from "@/components/ui/panel";
import { RequestFailure } from "@/components/ui/request-failure";
import { ThingHeader } from "@/components/ui/thing-header";
import { paths } from "@/lib/client/paths";
import { placeProblems } from "@/lib/client/place-problems";
import { Reason } from "@/lib/contract/runs";
import { RUN_SOURCES, RUN_STATUSES } from "@/lib/states/run";
import { type BatchViewer, findBulkReason } from "./batch-viewer";
import { CopyAdminLink } from "./copy-admin-link";
import { usePlan } from "./use-plan";

type Props = {
  selection: { q: string; org: string; orgId: string | undefined };
  models: readonly string[];
  /** The expression's error, found while rendering. */
  error: ExpressionError | undefined;
  startReason: string;
  viewer: Omit<BatchViewer, "id">;
  /** The selection in words, and its count. */
  children: ReactNode;
};

const CHANGED = "The runs changed. Check them, then create the plan.";

/** A draft: which runs, and why. Its address is the draft, so that a link hands it on. */
export function NewPlan({ selection, models, error, startReason, viewer, children }: Props) {
  const { q, org, orgId } = selection;
  const router = useRouter();
  const runs = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState(startReason);
  const [isAsked, setAsked] = useState(false);
  const [notice, setNotice] = useState("");
  const [sent, setSent] = useState("");
  const { submit, isBusy, failure } = usePlan();
  const { at, rest } = placeProblems(failure, ["q", "reason"]);
  const checked = Reason.safeParse(reason);
  const disabledReason = findBulkReason(viewer.mayCancelBulk);
  const pathOf = (text: string) => paths.newCancellation({ q: text, org, reason });
  const select = (text: string) => router.replace(pathOf(text), { scroll: false });

  const create = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || disabledReason) return;
    setAsked(true);
    const input = runs.current!.querySelector<HTMLInputElement>("#expression")!;
    const typed = input.value.trim();
    setNotice(typed === q ? "" : CHANGED);
    if (typed !== q) select(typed);
    else if (q === "" || error) input.focus();
    else if (!checked.success) box.current?.focus();
    else {
      setSent(q);
      submit({ reason: checked.data, q, org_id: orgId });
    }
  };
  const missing = isAsked && q === "" ? { sentence: "Enter an expression.", at: undefined } : undefined;
  const refused = at.q && sent === q ? { sentence: at.q, at: undefined } : undefined;
  return (
    <>
      <ThingHeader
        back={{ href: paths.cancellations(), text: "Cancellations" }}
        title="New bulk cancellation"
        about="This makes a plan. Nothing is canceled until someone has checked and started it."
      />
      <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4 p-4 lg:p-6">
        <Panel
          id="runs"
          title="Runs"
          className="overflow-visible!"
          aside={
            q &&
            !error && (
              <Link href={paths.runs({ q, org })} prefetch={false} className={ASIDE_LINK}>
                View as list
              </Link>
            )
          }
        >
          <div ref={runs} className="flex border-b px-4 py-3">
            <ExpressionBox
              value={q}
              error={error ?? refused ?? missing}
              known={{
                status_code: RUN_STATUSES.map((status) => ({ value: status, label: status })),
                source_code: RUN_SOURCES.map((source) => ({ value: source, label: source })),
                model: models.map((slug) => ({ value: slug, label: slug })),
              }}
              onSubmit={select}
            />
          </div>
          {children}
        </Panel>
        <form onSubmit={create} noValidate className="bg-surface grid gap-4 rounded-lg border p-4">
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
            onChange={setReason}
          />
          {rest && !isBusy && <RequestFailure error={rest} isRepeatable />}
          <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t pt-3">
            <p role="status" className="text-warn mr-auto empty:hidden">
              {notice}
            </p>
            {disabledReason && (
              <p id="bulk-disabled-reason" className="text-ink-muted mr-auto text-sm">
                {disabledReason}
              </p>
            )}
            {disabledReason && <CopyAdminLink path={pathOf(q)} />}
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
      </div>
    </>
  );
}
