"use client";

import { Tag } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { ticketUrl } from "@/lib/client/ticket";
import { useTicketSettings } from "./ticket-context";

type Props = { ticket: string; isWarning?: boolean; children?: ReactNode };

/** A recognized ticket and more text. The link is the same in each state, so it keeps the focus. */
export const TicketChip = ({ ticket, isWarning = false, children }: Props) => (
  <p
    className={cx(
      "min-w-0 text-sm",
      isWarning ? "text-warn font-medium" : "text-ink-muted flex items-center gap-1.5",
    )}
  >
    {!isWarning && <Tag aria-hidden className="size-3 shrink-0" />}
    <span className={isWarning ? undefined : "min-w-0 truncate"}>
      Ticket <TicketNumber ticket={ticket} />
      {children}
    </span>
  </p>
);

/** A ticket with a URL is a link. */
export function TicketNumber({ ticket }: { ticket: string }) {
  const url = ticketUrl(ticket, useTicketSettings().url);
  return url ? (
    <a href={url} target="_blank" rel="noreferrer" className="text-accent underline">
      {ticket}
    </a>
  ) : (
    <span className="text-ink font-medium">{ticket}</span>
  );
}
