import Link from "next/link";
import type { ReactNode } from "react";
import { ACTION_WORDS } from "@/components/audit/action-words";
import { EmptyPanel, Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";

type ListProps = {
  entries: readonly AuditEntry[];
  /** The text next to the action: its target, or its actor. */
  beside: (entry: AuditEntry) => string;
};

type Props = ListProps & {
  id: string;
  title: string;
  aside?: ReactNode;
  /** Sign-ins and exports, folded. */
  routine?: readonly AuditEntry[];
  none: string;
};

/** Recent audit entries by a person, or about them. */
export function PersonEntries({ id, title, aside, entries, routine = [], beside, none }: Props) {
  if (entries.length + routine.length === 0) {
    return (
      <EmptyPanel id={id} title={title}>
        {none}
      </EmptyPanel>
    );
  }
  return (
    <Panel id={id} title={title} aside={aside}>
      {entries.length > 0 ? (
        <Entries {...{ entries, beside }} />
      ) : (
        <p className="text-ink-muted px-4 py-3">{none}</p>
      )}
      {routine.length > 0 && (
        <details className="border-t">
          <summary className="text-accent px-4 py-2">Sign-ins and exports</summary>
          <div className="border-t">
            <Entries entries={routine} beside={beside} />
          </div>
        </details>
      )}
    </Panel>
  );
}

const Entries = ({ entries, beside }: ListProps) => (
  <ul className="divide-y">
    {entries.map((entry) => (
      <li key={entry.id} className="hover:bg-hover relative px-4 py-2">
        <div className="flex items-baseline gap-3">
          <Link
            href={paths.auditEntry(entry.id)}
            prefetch={false}
            className="stretched font-medium whitespace-nowrap"
          >
            {ACTION_WORDS[entry.action]}
          </Link>
          <span className="text-ink-muted min-w-0 flex-1 truncate" title={beside(entry)}>
            {beside(entry)}
          </span>
          <RelativeTime
            time={entry.occurred_at}
            className="text-ink-muted relative z-10 text-sm whitespace-nowrap"
          />
        </div>
        {entry.meta.reason && (
          <p className="wrap-anywhere">
            <StoredText>{entry.meta.reason}</StoredText>
          </p>
        )}
      </li>
    ))}
  </ul>
);
