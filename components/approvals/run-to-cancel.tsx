import Link from "next/link";
import { ShortId } from "@/components/runs/short-id";
import { shortModel } from "@/components/runs/short-model";
import { StatusBadge } from "@/components/runs/status-badge";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { Run } from "@/lib/contract/runs";

/** The run of a request, for the person who decides. @param customer its customer's name */
export function RunToCancel({ run, customer }: { run: Run; customer: string | undefined }) {
  return (
    <Panel
      id="run"
      title="The run"
      aside={
        <Link href={paths.run(run.id)} prefetch={false} className={ASIDE_LINK}>
          View run
        </Link>
      }
    >
      <div className="grid gap-1 px-4 py-3">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium wrap-anywhere">
            <StoredText>{shortModel(run.model)}</StoredText>
            {customer && (
              <>
                {" "}
                for <StoredText>{customer}</StoredText>
              </>
            )}
          </span>
          <StatusBadge status={run.status_code} />
        </p>
        <p className="text-ink-muted flex flex-wrap gap-x-3 text-sm">
          <ShortId id={run.id} isAlwaysShort />
          <span>
            Created <RelativeTime time={run.created_at} />
          </span>
          {run.client_ref && (
            <span className="wrap-anywhere">
              Client ref <StoredText className="mono text-ink">{run.client_ref}</StoredText>
            </span>
          )}
        </p>
      </div>
    </Panel>
  );
}
