/** The same rule by which the server keeps an entry's ticket. */
export { findTicket, type TicketSettings } from "@/lib/tickets/ticket";

/**
 * @param template of this installation, with `{ticket}` in it, or empty
 * @returns the ticket's address, where the ticket is one or the template makes one
 */
export function ticketUrl(ticket: string, template: string): string | undefined {
  if (/^https?:/.test(ticket)) return URL.canParse(ticket) ? ticket : undefined;
  if (template === "") return undefined;
  return template.replaceAll("{ticket}", encodeURIComponent(ticket.replace(/^#/, "")));
}
