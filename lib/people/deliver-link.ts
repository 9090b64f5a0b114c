import { type Mail, isMailOn, queueMail } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";

type PasswordLink = {
  link: string;
  person: { name: string; email: string };
  /** Who made the link. */
  by: { name: string; email: string };
  /** Whether the person never had a password. */
  isInvitation: boolean;
};

/**
 * Sends a password link to the person's mailbox, so that no one else sees it. Without a mail server the
 * caller gets it, to hand it over.
 * @returns the link for the response; null if it was sent
 */
export async function deliverLink(tx: Db, given: PasswordLink): Promise<string | null> {
  if (!isMailOn()) return given.link;
  await queueMail(tx, writeLinkMail(given));
  return null;
}

function writeLinkMail({ link, person, by, isInvitation }: PasswordLink): Mail {
  const maker = `${by.name} (${by.email})`;
  const [subject, opening] = isInvitation
    ? ["You are invited to the Runflow console", `${maker} invited you to the Runflow console.`]
    : ["Set a new password for the Runflow console", `${maker} made a link for you to set a new password.`];
  const text = [
    `Hello ${person.name},`,
    `${opening} Set your password within 24 hours:`,
    link,
    "The link works once. Nobody at Runflow will ask you for it or for your password.",
    "If you did not expect this email, tell an admin.",
  ];
  return { to: person.email, subject, text: text.join("\n\n") };
}
