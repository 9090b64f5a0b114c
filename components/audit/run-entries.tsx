import Link from "next/link";
import { EmptyPanel, Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import { ACTION_WORDS } from "./action-words";
import { describeActor } from "./describe-actor";

type Props = {
  entries: AuditEntry[];
  isReadable: boolean;
  /** The text for an empty list, if the target isn't a run. */
  none?: string;
};

/** What people and keys did to one target: a run unless stated otherwise. */
export function RunEntries({ entries, isReadable, none = "No activity yet." }: Props) {
  if (!isReadable || entries.length === 0) {
    return (
      <EmptyPanel id="audit" title="Audit trail">
        {isReadable ? none : explainMissing("the audit trail", "audit.read")}
      </EmptyPanel>
    );
  }
  return (
    <Panel id="audit" title="Audit trail">
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
            <p className="text-ink-muted wrap-anywhere">
              {describeActor(entry.actor)}
              {entry.actor.email && `, ${entry.actor.email}`}
            </p>
            {entry.meta.reason && (
              <p className="wrap-anywhere">
                <StoredText>{entry.meta.reason}</StoredText>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
