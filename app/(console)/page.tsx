import type { Metadata } from "next";
import { AttentionItem, AttentionPanel } from "@/components/overview/attention-panel";
import { CancelsPanel } from "@/components/overview/cancels-panel";
import { formatRatio } from "@/components/runs/format-ratio";
import { ShortId } from "@/components/runs/short-id";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { Mark } from "@/components/ui/mark";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { formatMinute } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import { consolePage } from "./console-page";
import { loadOverview } from "./load-overview";

export const metadata: Metadata = { title: "Overview" };

/** So long the page keeps itself up to date; who comes back after it reloads. */
const WATCH_MS = 60 * 60_000;
const EVERY_MS = 15_000;

export default consolePage("runs.read", paths.overview, async ({ caller }) => {
  const { orgs, stuck, failing, endpoints, mine, cancels } = await loadOverview(caller);
  return (
    <>
      <AutoRefresh forMs={WATCH_MS} everyMs={EVERY_MS} />
      <PageHeader title="Overview" />
      <div className="grid gap-4 p-4 pt-1 lg:px-6 lg:pb-6">
        <div className="grid items-start gap-4 md:grid-cols-2">
          <div className="grid gap-4">
            <AttentionPanel
              id="stuck"
              title="Stuck runs"
              link={{ href: paths.stuck(), text: "All stuck runs" }}
              calm="No run is past what its model takes."
            >
              {stuck.map(({ id, model, ratio, org_id }) => (
                <AttentionItem
                  key={id}
                  href={paths.run(id)}
                  title={<ShortId id={id} isAlwaysShort />}
                  aside={<Mark tone="warn">{formatRatio(ratio)} × the p95</Mark>}
                  note={`${model} for ${plainStored(orgs[org_id]?.name ?? org_id)}`}
                />
              ))}
            </AttentionPanel>
            <AttentionPanel
              id="endpoints"
              title="Webhooks in trouble"
              link={{ href: paths.deliveries({ state: "pending" }), text: "What is on its way" }}
              calm="Every customer’s address accepts what is sent to it."
            >
              {endpoints.map(({ org_id, origin, failures_in_row, paused_until, waiting }) => (
                <AttentionItem
                  key={`${org_id} ${origin}`}
                  href={paths.deliveries({ org: orgs[org_id]?.slug, state: "pending" })}
                  title={<StoredText>{orgs[org_id]?.name ?? org_id}</StoredText>}
                  aside={<Mark tone="warn">{failures_in_row} failures in a row</Mark>}
                  note={[
                    paused_until ? `Paused until ${formatMinute(paused_until)}` : "Trying again",
                    `${waiting} waiting`,
                    origin,
                  ].join(", ")}
                />
              ))}
            </AttentionPanel>
          </div>
          <div className="grid gap-4">
            <AttentionPanel
              id="failing"
              title="Failing models"
              link={{ href: paths.runs({ status: "failed", age: "1h" }), text: "Failed runs" }}
              calm="In the last hour no model has failed more often than usual."
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
              title="Your recent cancels"
              link={{ href: paths.audit({ actor: caller.actor.id }), text: "All you have done" }}
              calm="You have cancelled no run yet."
            >
              {mine.map(({ id, target, occurred_at, meta }) => (
                <AttentionItem
                  key={id}
                  href={paths.run(target.id)}
                  title={<ShortId id={target.id} isAlwaysShort />}
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
