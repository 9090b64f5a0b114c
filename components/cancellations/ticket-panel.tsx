"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ShortId } from "@/components/runs/short-id";
import { STATUS_WORDS } from "@/components/runs/status-words";
import { cx } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { useSettled } from "@/components/ui/use-settled";
import { ticketCancelsOptions } from "@/lib/client/audit";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import { parseRunStatus } from "@/lib/states/run";
import { TicketChip } from "./ticket-chip";

/** The run to cancel; null for many. */
export type TicketRun = { id: string; org_id: string } | null;

/** Debounced: each keystroke makes a different ticket. */
const TYPING_MS = 200;
/** Beyond this, the count says "or more". */
const MOST_COUNTED = 5;
const MOST_SHOWN = 2;

/**
 * The ticket in the reason and, for readers of the audit log, the other runs that it canceled. Three lines in
 * every state, so that loading never moves the buttons below.
 */
export function TicketPanel({ ticket, run }: { ticket: string | null; run: TicketRun | undefined }) {
  const settled = useSettled(ticket, TYPING_MS);
  if (run === undefined) return ticket && <TicketChip ticket={ticket} />;
  return (
    <div className="bg-sunken grid min-h-[4.125rem] grid-cols-[minmax(0,1fr)] content-center rounded border px-3 py-2 text-sm">
      {ticket === null ? (
        <p className="text-ink-muted">No ticket in the reason. Add one, such as #4821, to link it.</p>
      ) : (
        <TicketHistory ticket={ticket} isSettled={settled === ticket} run={run} />
      )}
    </div>
  );
}

type HistoryProps = { ticket: string; isSettled: boolean; run: TicketRun };

/** Warns when a ticket was used before: the same complaint twice, or a wrong number. */
function TicketHistory({ ticket, isSettled, run }: HistoryProps) {
  const { data, isPending } = useQuery({ ...ticketCancelsOptions(ticket), enabled: isSettled });
  const others = data?.filter(({ target }) => target.id !== run?.id) ?? [];
  const wasUsed = others.length > 0;
  return (
    <div role={isSettled ? "status" : undefined} className="min-w-0">
      <TicketChip ticket={ticket} isWarning={wasUsed}>
        {wasUsed && (
          <>
            {" "}
            was already used to cancel {count(others.length)}
            {others.length > 1 && (
              <span className={others.length > MOST_SHOWN ? undefined : "sm:hidden"}>
                {" ("}
                <Link
                  href={paths.audit({ ticket, action: "run.cancelled" })}
                  target="_blank"
                  className="text-accent underline"
                >
                  view all
                </Link>
                )
              </span>
            )}
            :
          </>
        )}
      </TicketChip>
      {wasUsed ? (
        // The first line may need two on narrow screens, which leaves one for the latest run.
        <ul className="max-sm:*:nth-2:hidden">
          {others.slice(0, MOST_SHOWN).map((entry) => (
            <Earlier
              key={entry.id}
              entry={entry}
              isSameCustomer={run ? entry.org_id === run.org_id : undefined}
            />
          ))}
        </ul>
      ) : (
        <p className="text-ink-muted">
          {isPending ? "Checking earlier cancels…" : data && "Not used to cancel another run."}
        </p>
      )}
    </div>
  );
}

function Earlier({ entry, isSameCustomer }: { entry: AuditEntry; isSameCustomer: boolean | undefined }) {
  const { target, actor, occurred_at, meta } = entry;
  const status = parseRunStatus(meta.status_before ?? "");
  return (
    <li className="text-ink-muted h-4 truncate">
      {/* In a new tab, to keep the typed reason. */}
      <Link href={paths.run(target.id)} target="_blank" className="text-accent underline">
        <ShortId id={target.id} isAlwaysShort />
      </Link>{" "}
      {/* The customer first: narrow screens cut off the rest. */}
      <RelativeTime time={occurred_at} />
      {isSameCustomer !== undefined && (
        <>
          ,{" "}
          <span className={cx(!isSameCustomer && "text-warn font-medium")}>
            {isSameCustomer ? "same customer" : "another customer"}
          </span>
        </>
      )}
      , by <StoredText>{actor.name}</StoredText>
      {status && `, was ${STATUS_WORDS[status].toLowerCase()}`}
    </li>
  );
}

const count = (others: number): string =>
  others > MOST_COUNTED ? `${MOST_COUNTED}+ runs` : others === 1 ? "another run" : `${others} other runs`;
