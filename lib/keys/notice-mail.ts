import type { Mail } from "@/lib/mail/queue-mail";
import type { KeyNotice } from "@/lib/states/key-notice";

/** A key, its owner, and the message. */
export type TellingKey = {
  kind: KeyNotice;
  name: string;
  prefix: string;
  expires_at: Date | null;
  owner: string;
  email: string;
  is_active: boolean;
};

/** Names the key by its prefix; the email has no secret. */
export function writeNoticeMail({ kind, name, prefix, expires_at, owner, email }: TellingKey): Mail {
  const key = `${name} (${prefix}…)`;
  const [subject, ...text] =
    kind === "leaked"
      ? [
          `Your API key ${name} was revoked`,
          `Your Runflow API key ${key} was reported as leaked, so it was revoked. Requests with it are refused.`,
          "Make a new key, and remove the old one from the place where it was found.",
        ]
      : [
          `Your API key ${name} expires soon`,
          `Your Runflow API key ${key} expires at ${expires_at!.toISOString().slice(0, 16).replace("T", " ")} UTC.`,
          "Rotate it before then: the new key works at once, and the old one as long as you choose, up to a week.",
        ];
  return { to: email, subject: subject!, text: [`Hello ${owner},`, ...text].join("\n\n") };
}
