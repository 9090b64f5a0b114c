import { findTicket } from "@/lib/tickets/ticket";
import { ticketSettings } from "@/lib/tickets/ticket-settings";

/** The entry's reason, if given, and the ticket in it. */
export const describeReason = (reason: string | null | undefined) =>
  reason ? { reason, ticket: findTicket(reason, ticketSettings().pattern) } : {};
