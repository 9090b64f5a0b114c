import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RunEntries } from "@/components/audit/run-entries";
import { RunDeliveries } from "@/components/deliveries/run-deliveries";
import { Payloads } from "@/components/payloads/payloads";
import { CopySummary } from "@/components/runs/copy-summary";
import { FailurePanel } from "@/components/runs/failure-panel";
import { RelatedRuns } from "@/components/runs/related-runs";
import { RunCost } from "@/components/runs/run-cost";
import { RunFactsPanel } from "@/components/runs/run-facts-panel";
import { RunHeader } from "@/components/runs/run-header";
import { RunTimeline } from "@/components/runs/run-timeline";
import { JsonPanel } from "@/components/ui/json-panel";
import { paths } from "@/lib/client/paths";
import { runOptions } from "@/lib/client/runs";
import type { AuditEntry } from "@/lib/contract/audit";
import { stringifyJson } from "@/lib/platform/json/json";
import { entityPage } from "../../console-page";
import { loadRunPage, type RunPageData } from "./load-run-page";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run ${(await params).id.slice(0, 13)}` };
}

export default entityPage("runs.read", paths.run, async ({ caller, id }) => {
  const page = await loadRunPage(caller, id);

  const queryClient = new QueryClient();
  queryClient.setQueryData(runOptions(page.facts.id).queryKey, page.facts);
  const viewer = {
    id: caller.person.id,
    mayCancel: caller.permissions.has("runs.cancel"),
    mayReadAudit: caller.permissions.has("audit.read"),
    mayRedeliver: caller.permissions.has("deliveries.redeliver"),
  };
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <RunHeader
        shown={page.facts}
        customer={page.customer}
        webhooks={page.listeners}
        profile={page.profile}
        viewer={viewer}
        actions={
          <CopySummary
            run={page.facts}
            customer={page.customer}
            entry={findCancel(page.entries)}
            deliveries={page.deliveries.map(({ webhook_id, url, state }) => ({ webhook_id, url, state }))}
          />
        }
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
    <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
      <div className="grid min-w-0 gap-4">
        <FailurePanel run={facts} />
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
        <Payloads
          runId={run.id}
          revealedUntil={page.revealedUntil}
          revealedForMs={page.revealedForMs}
          mayReveal={mayReveal}
        >
          <JsonPanel id="input" title="Input" text={layOut(run.input)} none="The run has no input." />
          <JsonPanel
            id="output"
            title="Output"
            text={layOut(run.output)}
            none={noOutput(facts.completed_at)}
          />
          <JsonPanel
            id="metadata"
            title="Metadata"
            text={layOut(run.metadata)}
            none="The customer sent none."
          />
        </Payloads>
      </div>
      <div className="grid min-w-0 gap-4">
        <RunFactsPanel
          run={facts}
          customer={page.customer}
          creator={page.creator}
          apiKey={page.key}
          mayReadKeys={mayReadKeys}
          modelKind={page.modelKind}
        />
        <RunCost run={facts} breakdown={run.cost_breakdown} lateMs={page.lateMs} />
        <RelatedRuns groups={page.related} />
        <RunEntries entries={entries} isReadable={mayReadAudit} />
      </div>
    </div>
  );
}

const findCancel = (entries: AuditEntry[]) => entries.find(({ action }) => action === "run.cancelled");

const noOutput = (completedAt: string | null): string =>
  completedAt ? "The run ended without an output." : "There is none before the run has succeeded.";
