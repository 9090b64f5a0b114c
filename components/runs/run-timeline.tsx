import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { RunFacts } from "@/lib/client/runs";
import type { AuditEntry } from "@/lib/contract/audit";
import type { DeliveryWithAttempts } from "@/lib/contract/deliveries";
import { isTerminal } from "@/lib/states/run";
import { buildTimeline, type TimelineEvent } from "./build-timeline";
import { Elapsed } from "./elapsed";
import { Timeline } from "./timeline";

type Props = {
  run: RunFacts;
  events: TimelineEvent[];
  deliveries: DeliveryWithAttempts[];
  entry: AuditEntry | undefined;
};

export function RunTimeline({ run, events, deliveries, entry }: Props) {
  const items = buildTimeline(run, events, deliveries);
  const since = items.findLast(({ kind }) => kind === "step")?.at ?? run.created_at;
  return (
    <Panel id="timeline" title="Timeline">
      <Timeline
        items={items}
        ending={
          isTerminal(run.status_code) ? (
            entry && <Cancellation entry={entry} />
          ) : (
            <p className="text-ink-muted text-sm">
              For <Elapsed since={since} />
            </p>
          )
        }
      />
    </Panel>
  );
}

function Cancellation({ entry }: { entry: AuditEntry }) {
  return (
    <div className="text-ink-muted grid gap-1 text-sm">
      <p>
        By{" "}
        <span className="text-ink">
          <StoredText>{entry.actor.name}</StoredText>
        </span>
        {entry.actor.role && `, ${entry.actor.role}`}
        {" · "}
        <Link href={paths.auditEntry(entry.id)} className="text-accent underline">
          audit entry
        </Link>
      </p>
      {entry.meta.reason && (
        <blockquote className="border-line-strong text-ink border-l-2 pl-2.5 wrap-anywhere whitespace-pre-wrap">
          <StoredText>{entry.meta.reason}</StoredText>
        </blockquote>
      )}
    </div>
  );
}
