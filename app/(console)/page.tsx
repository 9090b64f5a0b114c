import type { Metadata } from "next";
import { AttentionItem, AttentionPanel } from "@/components/overview/attention-panel";
import { CancelsPanel } from "@/components/overview/cancels-panel";
import { LastHour } from "@/components/overview/last-hour";
import { ShortId } from "@/components/runs/short-id";
import { shortModel } from "@/components/runs/short-model";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { Mark } from "@/components/ui/mark";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { formatAge, formatDuration } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { StuckRun } from "@/lib/contract/models";
import { consolePage } from "./console-page";
import { loadOverview } from "./load-overview";

export const metadata: Metadata = { title: "Overview" };

/** How long the page refreshes automatically; later, returning to the tab refreshes it. */
const WATCH_MS = 60 * 60_000;
const EVERY_MS = 15_000;

export default consolePage({ permission: "runs.read", path: paths.overview }, async ({ caller }) => {
  const { orgs, hour, stuck, failing, endpoints, mine, cancels } = await loadOverview(caller);
  const nameOf = (orgId: string) => plainStored(orgs[orgId]?.name ?? orgId);
  return (
    <>
      <AutoRefresh forMs={WATCH_MS} everyMs={EVERY_MS} />
      <PageHeader title="Overview" />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4 pt-1 lg:px-6 lg:pb-6">
        <LastHour hour={hour} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-2">
          <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
            <AttentionPanel
              id="stuck"
              title="Stuck runs"
              link={{ href: paths.stuck(), text: "View stuck runs" }}
              calm="No stuck runs."
            >
              {stuck.map((run) => (
                <AttentionItem
                  key={run.id}
                  href={paths.run(run.id)}
                  title={`${shortModel(run.model)} for ${nameOf(run.org_id)}`}
                  aside={<Mark tone="warn">{describeDelay(run)}</Mark>}
                  note={<ShortId id={run.id} isAlwaysShort />}
                />
              ))}
            </AttentionPanel>
            <AttentionPanel
              id="endpoints"
              title="Failing endpoints"
              link={{ href: paths.deliveries({ state: "pending" }), text: "View pending deliveries" }}
              calm="All customer endpoints accept deliveries."
            >
              {endpoints.map(({ org_id, origin, failures_in_row, paused_until, waiting }) => (
                <AttentionItem
                  key={`${org_id} ${origin}`}
                  href={paths.deliveries({ org: orgs[org_id]?.slug, state: "pending" })}
                  title={<StoredText>{nameOf(org_id)}</StoredText>}
                  aside={
                    <Mark tone="warn">
                      {failures_in_row === 1 ? "1 failure" : `${failures_in_row} failures in a row`}
                    </Mark>
                  }
                  note={[
                    paused_until
                      ? `Next try in ${formatAge(Date.parse(paused_until) - Date.now())}`
                      : "Retrying now",
                    `${waiting} waiting`,
                    new URL(origin).host,
                  ].join(" · ")}
                />
              ))}
            </AttentionPanel>
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
            <AttentionPanel
              id="failing"
              title="Failing models"
              link={{ href: paths.runs({ status: "failed", age: "1h" }), text: "View failed runs" }}
              calm="No unusual failures in the last hour."
            >
              {failing.map(({ model, failed, ended }) => (
                <AttentionItem
                  key={model}
                  href={paths.runs({ status: "failed", model, age: "1h" })}
                  title={model}
                  aside={
                    <Mark tone="danger">
                      {failed} of {ended} failed
                    </Mark>
                  }
                  note="in the last hour"
                />
              ))}
            </AttentionPanel>
            <AttentionPanel
              id="mine"
              title="Your recent cancellations"
              link={{ href: paths.audit({ actor: caller.actor.id }), text: "View your activity" }}
              calm="You haven’t canceled any runs."
            >
              {mine.map(({ id, org_id, target, occurred_at, meta }) => (
                <AttentionItem
                  key={id}
                  href={paths.run(target.id)}
                  title={
                    <>
                      <StoredText>{nameOf(org_id)}</StoredText>{" "}
                      <span className="text-ink-muted font-normal">
                        <ShortId id={target.id} isAlwaysShort />
                      </span>
                    </>
                  }
                  aside={<RelativeTime time={occurred_at} />}
                  note={meta.reason}
                />
              ))}
            </AttentionPanel>
          </div>
        </div>
        {cancels && <CancelsPanel counts={cancels} />}
      </div>
    </>
  );
});

/** @returns "6 d (limit 2 min)" */
const describeDelay = ({ created_at, p95_ms, stuck_factor }: StuckRun): string =>
  `${formatAge(Date.now() - Date.parse(created_at))} (limit ${formatDuration(p95_ms * stuck_factor)})`;
