import { plain } from "@/lib/contract/text/plain";

/** Also the server's rule for an entry's ticket. */
export { findTicket, type TicketSettings } from "@/lib/tickets/ticket";

/**
 * @param template of this installation, with `{ticket}` in it, or empty
 * @returns the ticket's URL: the ticket itself if it is a URL, else from the template
 */
export function ticketUrl(ticket: string, template: string): string | undefined {
  const text = plain(ticket);
  if (/^https?:/i.test(text)) return URL.canParse(text) ? text : undefined;
  if (template === "") return undefined;
  return template.replaceAll("{ticket}", encodeURIComponent(text.replace(/^#/, "")));
}
