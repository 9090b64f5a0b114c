import { z } from "zod";
import { hashToken } from "./link-token";
import { openTicket, sealTicket, type Ticket, ticketCookie } from "./ticket";

const PURPOSE = "second step";
const Claims = z.object({ personId: z.uuid(), password: z.string() });
export type SecondStepTicket = Ticket<z.infer<typeof Claims>>;

type Owner = { passwordHash: string | null };

/** Names a password without its hash: another one ends the sign-in. */
export const markOf = ({ passwordHash }: Owner): string =>
  Buffer.from(hashToken(passwordHash ?? "")).toString("base64url");

/**
 * Begins the second step of a sign-in after the right password.
 * @returns a Set-Cookie header that binds the step to this browser for 5 minutes
 */
export const beginSecondStep = (person: Owner & { id: string }): string =>
  ticketCookie("step", sealTicket(PURPOSE, { personId: person.id, password: markOf(person) }));

export const openSecondStep = (ticket: string | undefined): SecondStepTicket | undefined =>
  openTicket(PURPOSE, Claims, ticket);
