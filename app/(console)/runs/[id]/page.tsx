import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RunEntries } from "@/components/audit/run-entries";
import { RunDeliveries } from "@/components/deliveries/run-deliveries";
import { Payloads } from "@/components/payloads/payloads";
import { buildSummary } from "@/components/runs/build-summary";
import { CopySummary } from "@/components/runs/copy-summary";
import { DeletedRun } from "@/components/runs/deleted-run";
import { DuplicateRuns } from "@/components/runs/duplicate-runs";
import { FailurePanel } from "@/components/runs/failure-panel";
import { LatencyPanel } from "@/components/runs/latency-panel";
import { RelatedRuns } from "@/components/runs/related-runs";
import { RunCost } from "@/components/runs/run-cost";
import { RunDetails } from "@/components/runs/run-details";
import { RunHeader } from "@/components/runs/run-header";
import { RunTimeline } from "@/components/runs/run-timeline";
import { EntityLoading } from "@/components/shell/loading";
import { JsonPanel } from "@/components/ui/json-panel";
import { paths } from "@/lib/client/paths";
import { runOptions } from "@/lib/client/runs";
import { stringifyJson } from "@/lib/platform/json/json";
import { entityPage } from "../../console-page";
import { findCancel, loadRunPage, type RunPageData } from "./load-run-page";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run ${(await params).id.slice(0, 13)}` };
}

const PAGE = { permission: "runs.read", path: paths.run, loading: <EntityLoading hasMore /> } as const;

export default entityPage(PAGE, async ({ caller, id }) => {
  const page = await loadRunPage(caller, id);
  if ("deleted" in page) return <DeletedRun {...page.deleted} />;

  const path = paths.run(page.run.id);
  const cancel = findCancel(page.entries);
  const queryClient = new QueryClient();
  queryClient.setQueryData(runOptions(page.facts.id).queryKey, page.facts);
  const viewer = {
    id: caller.person.id,
    mayCancel: caller.permissions.has("runs.cancel"),
    mayCancelBulk: caller.permissions.has("runs.cancel.bulk"),
    mayReadAudit: caller.permissions.has("audit.read"),
    mayRedeliver: caller.permissions.has("deliveries.redeliver"),
  };
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RunHeader
        shown={page.facts}
        customer={page.customer.name}
        webhooks={page.listeners}
        profile={page.profile && { p50Ms: page.profile.p50Ms, p95Ms: page.profile.p95Ms }}
        end={
          cancel && {
            entryId: cancel.id,
            actor: { id: cancel.actor.id, name: cancel.actor.name },
            batch: page.bulk,
          }
        }
        viewer={viewer}
        actions={<CopySummary text={summarize(page, path)} path={path} />}
        watchForMs={page.watchForMs}
      />
      <RunBody
        page={page}
        mayReadAudit={viewer.mayReadAudit}
        mayRedeliver={viewer.mayRedeliver}
        mayReveal={caller.permissions.has("runs.payload.reveal")}
        mayReadKeys={caller.permissions.has("keys.read")}
      />
    </HydrationBoundary>
  );
});

type BodyProps = {
  page: RunPageData;
  mayReadAudit: boolean;
  mayRedeliver: boolean;
  mayReveal: boolean;
  mayReadKeys: boolean;
};

function RunBody({ page, mayReadAudit, mayRedeliver, mayReveal, mayReadKeys }: BodyProps) {
  const { run, facts, entries } = page;
  const layOut = (value: unknown) => (value === null ? null : stringifyJson(value, 2));
  return (
    <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem] xl:grid-rows-[auto_1fr]">
      <div className="grid min-w-0 gap-4">
        <FailurePanel run={facts} />
        <DuplicateRuns duplicates={page.duplicates} expression={page.sameRef} />
        <RunTimeline
          run={facts}
          events={page.events}
          deliveries={page.deliveries}
          entry={findCancel(entries)}
        />
        <RunDeliveries
          deliveries={page.deliveries}
          webhooks={page.webhooks}
          callbackUrl={run.callback_url}
          hasEnded={run.completed_at !== null}
          mayRedeliver={mayRedeliver}
        />
      </div>
      <div className="grid min-w-0 gap-4 xl:row-span-2">
        {page.profile && <LatencyPanel run={facts} profile={page.profile} />}
        <RunDetails
          run={facts}
          customer={page.customer}
          creator={page.creator}
          apiKey={page.key}
          mayReadKeys={mayReadKeys}
          modelKind={page.modelKind}
        />
        <RunCost run={facts} breakdown={run.cost_breakdown} lateMs={page.lateMs} />
      </div>
      <div className="grid min-w-0 gap-4">
        <RunEntries entries={entries} isReadable={mayReadAudit} />
        <RelatedRuns groups={page.related} keyName={page.key?.name} />
        {/* Last, so that revealing them moves nothing else. */}
        <Payloads
          runId={run.id}
          revealedUntil={page.revealedUntil}
          revealedForMs={page.revealedForMs}
          mayReveal={mayReveal}
        >
          <JsonPanel id="input" title="Input" text={layOut(run.input)} none="This run has no input." />
          <JsonPanel
            id="output"
            title="Output"
            text={layOut(run.output)}
            none={noOutput(facts.completed_at)}
          />
          <JsonPanel id="metadata" title="Metadata" text={layOut(run.metadata)} none="No metadata." />
        </Payloads>
      </div>
    </div>
  );
}

const summarize = ({ facts, customer, entries, deliveries }: RunPageData, path: string): string =>
  buildSummary({ run: facts, customer: customer.name, entry: findCancel(entries), deliveries }, path);

const noOutput = (completedAt: string | null): string =>
  completedAt ? "This run has no output." : "No output yet.";
