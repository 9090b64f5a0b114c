"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ShortId } from "@/components/runs/short-id";
import { Notice } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import { ticketCancelsOptions } from "@/lib/client/audit";
import { paths } from "@/lib/client/paths";

/** More are counted as "or more". */
const MOST_SHOWN = 5;

/** Warns when a ticket has cancelled other runs before: the same complaint twice, or a wrong number. */
export function TicketHistory({ ticket, runId }: { ticket: string; runId: string }) {
  const { data = [] } = useQuery(ticketCancelsOptions(ticket));
  const others = data.filter(({ target }) => target.id !== runId);
  if (others.length === 0) return null;
  const shown = others.slice(0, MOST_SHOWN);
  return (
    <Notice tone="warn" role="status">
      <p>
        {ticket} has already canceled {count(others.length, data.length)}:
      </p>
      <ul className="mt-0.5 flex flex-wrap gap-x-3">
        {shown.map(({ id, target, actor }) => (
          <li key={id}>
            {/* Beside the page: what was typed here stays. */}
            <Link href={paths.run(target.id)} target="_blank" className="text-accent underline">
              <ShortId id={target.id} isAlwaysShort />
            </Link>{" "}
            <span className="text-ink-muted">
              by <StoredText>{actor.name}</StoredText>
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function count(others: number, asked: number): string {
  if (others === 1 && asked <= MOST_SHOWN) return "another run";
  return others > MOST_SHOWN ? `more than ${MOST_SHOWN} other runs` : `${others} other runs`;
}
