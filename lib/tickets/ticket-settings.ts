import { z } from "zod";
import type { TicketSettings } from "./ticket";

export const TicketPattern = z.string().refine(isPattern).default("");
export const TicketUrl = z
  .string()
  .refine((text) => text === "" || (/^https?:\/\/.*\{ticket\}/.test(text) && URL.canParse(text)))
  .default("");

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

let current: TicketSettings | undefined;

/** This process's settings, parsed separately, so that a script that cancels runs needs no other variable. */
export const ticketSettings = (): TicketSettings =>
  (current ??= {
    pattern: TicketPattern.parse(process.env["TICKET_PATTERN"]),
    url: TicketUrl.parse(process.env["TICKET_URL"]),
  });
