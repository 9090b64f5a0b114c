/** A ticket as agents write it: `#4821`, `ZD-123`, or the address of one. */
const TICKET = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)]|(?<![\w&])#\d{1,12}\b|\b[A-Z][A-Z0-9]{1,9}-\d{1,10}\b/;

/** @returns the first ticket that the reason names, as it was written, or null */
export function findTicket(reason: string): string | null {
  return TICKET.exec(reason)?.[0] ?? null;
}
