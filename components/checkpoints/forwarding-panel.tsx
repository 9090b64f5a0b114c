import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AuditForwarding } from "@/lib/contract/audit-forwarding";

/** How far the audit log has been forwarded, and any error that blocks it. */
export function ForwardingPanel({ endpoints }: { endpoints: AuditForwarding[] }) {
  return (
    <Panel id="forwarding" title="Forwarding">
      <p className="text-ink-muted px-4 py-2.5">
        Every entry is sent to these endpoints in order, as soon as it is sealed.
      </p>
      <ul className="divide-y border-t">
        {endpoints.map((endpoint) => (
          <Endpoint key={endpoint.target} endpoint={endpoint} />
        ))}
      </ul>
    </Panel>
  );
}

/** By word, shape and color, like copies of checkpoints. */
function Endpoint({ endpoint }: { endpoint: AuditForwarding }) {
  const { target, position, lacking, lacking_since, failures, last_error, tried_at } = endpoint;
  const isFailing = failures > 0;
  const Icon = isFailing ? CircleAlert : lacking === 0 ? CircleCheck : CircleDashed;
  const tone = isFailing ? "text-status-failed" : lacking === 0 ? "text-status-succeeded" : "text-ink-muted";
  return (
    <li className="flex items-start gap-1.5 px-4 py-2">
      <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", tone)} />
      <div className="min-w-0">
        <p className="mono wrap-anywhere">{target}</p>
        <p className="text-sm">
          {lacking === 0 ? (
            `Up to date at position ${format(position)}`
          ) : (
            <>
              Lacks {format(lacking)} {lacking === 1 ? "entry" : "entries"} after position {format(position)}
              {lacking_since && (
                <>
                  , the oldest sealed <RelativeTime time={lacking_since} />
                </>
              )}
            </>
          )}
        </p>
        <p className={cx("text-sm", isFailing ? "text-status-failed" : "text-ink-muted")}>
          {isFailing &&
            `Failed ${failures === 1 ? "once" : `${format(failures)} times in a row`}: ${last_error}. `}
          Last tried <RelativeTime time={tried_at} />
        </p>
      </div>
    </li>
  );
}

const format = (count: number): string => count.toLocaleString("en");
