/** The same rule by which the server keeps an entry's ticket. */
export { findTicket } from "@/lib/audit/ticket";

/** @returns the ticket's address when the ticket is one */
export const ticketUrl = (ticket: string): string | undefined =>
  /^https?:/.test(ticket) && URL.canParse(ticket) ? ticket : undefined;
