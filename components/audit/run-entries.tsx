import Link from "next/link";
import { None } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import { ACTION_WORDS } from "./action-words";
import { describeActor } from "./describe-actor";

type Props = {
  entries: AuditEntry[];
  isReadable: boolean;
  /** What is said where there is no entry, if it is not about a run. */
  none?: string;
};

/** What people and keys did to one run, or to another one thing. */
export function RunEntries({ entries, isReadable, none = "Nobody has acted on this run." }: Props) {
  return (
    <Panel id="audit" title="Audit trail">
      {!isReadable && (
        <p className="text-ink-muted px-4 py-3">
          Your role doesn’t include the audit trail. Ask an admin for the permission{" "}
          <code className="mono">audit.read</code>.
        </p>
      )}
      {isReadable && entries.length === 0 && <p className="text-ink-muted px-4 py-3">{none}</p>}
      <ul className="divide-y">
        {entries.map((entry) => (
          <li key={entry.id} className="hover:bg-hover relative px-4 py-2.5">
            <div className="flex items-baseline justify-between gap-3">
              <Link href={paths.auditEntry(entry.id)} className="stretched font-medium">
                {ACTION_WORDS[entry.action]}
              </Link>
              <RelativeTime
                time={entry.occurred_at}
                className="text-ink-muted relative z-10 text-sm whitespace-nowrap"
              />
            </div>
            <p className="text-ink-muted">{describeActor(entry.actor)}</p>
            <p className="wrap-anywhere">
              {entry.meta.reason ? <StoredText>{entry.meta.reason}</StoredText> : <None />}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
