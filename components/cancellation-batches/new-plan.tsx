"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useState } from "react";
import { ExpressionBox, type ExpressionError } from "@/components/runs/expression-box";
import { latePart } from "@/components/ui/late-part";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { Panel } from "@/components/ui/panel";
import { ThingHeader } from "@/components/ui/thing-header";
import { useIsInBrowser } from "@/components/ui/use-is-in-browser";
import { paths } from "@/lib/client/paths";
import { RUN_SOURCES, RUN_STATUSES } from "@/lib/states/run";
import type { BatchViewer } from "./batch-viewer";

/** Loads with the contract's schemas, which are as large as the rest of the page. */
const PLACE = <div aria-busy className="bg-surface h-92 rounded-lg border" />;
const PlanForm = latePart(() => import("./plan-form").then((module) => module.PlanForm), PLACE);

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
  const { q, org } = selection;
  const router = useRouter();
  const runs = useRef<HTMLDivElement>(null);
  // A form from the server would lose what people type or press before its scripts load.
  const isInBrowser = useIsInBrowser();
  const [reason, setReason] = useState(startReason);
  const [refused, setRefused] = useState<{ q: string; sentence: string }>();
  const pathOf = (text: string) => paths.newCancellation({ q: text, org, reason });
  const select = (text: string) => router.replace(pathOf(text), { scroll: false });
  const checkRuns = (): string | undefined => {
    const input = runs.current!.querySelector<HTMLInputElement>("#expression")!;
    const typed = input.value.trim();
    if (typed !== q) {
      select(typed);
      return CHANGED;
    }
    if (q !== "" && !error) return undefined;
    if (q === "") setRefused({ q, sentence: "Enter an expression." });
    input.focus();
    return "";
  };
  const shown = error ?? (refused?.q === q ? { sentence: refused.sentence, at: undefined } : undefined);
  return (
    <>
      <ThingHeader
        back={{ href: paths.cancellations(), text: "Cancellations" }}
        title="New bulk cancellation"
        about="This makes a plan that lists every run, so that you can leave some out. Nothing is canceled until someone starts it."
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
          <div ref={runs} className="flex px-4 py-3">
            <ExpressionBox
              value={q}
              error={shown}
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
        {isInBrowser ? (
          <PlanForm
            selection={selection}
            reason={reason}
            viewer={viewer}
            path={pathOf(q)}
            checkRuns={checkRuns}
            onReason={setReason}
            onRefused={(sentence) => setRefused({ q, sentence })}
          />
        ) : (
          PLACE
        )}
      </div>
    </>
  );
}
