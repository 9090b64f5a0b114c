"use client";

import { Tag } from "lucide-react";
import { ticketUrl } from "@/lib/client/ticket";
import { useTicketSettings } from "./ticket-context";

/** A recognized ticket. */
export const TicketChip = ({ ticket }: { ticket: string }) => (
  <p className="text-ink-muted inline-flex min-w-0 items-center gap-1.5 text-sm">
    <Tag aria-hidden className="size-3 shrink-0" />
    <span className="min-w-0 truncate">
      Ticket <TicketNumber ticket={ticket} />
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
