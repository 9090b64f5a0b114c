import { plainStored } from "@/lib/client/bidi";
import type { InvitedPerson } from "@/lib/contract/people";
import type { ShownSecret } from "@/components/secrets/secret-shown";

/** Shows a password link and what to do with it, or where it was sent. */
export const showLink = ({ name, email, link }: InvitedPerson): ShownSecret =>
  link === null
    ? {
        title: `Email sent to ${plainStored(name)}`,
        text: (
          <p>
            The link is on its way to <span className="text-ink wrap-anywhere">{email}</span>. It sets their
            password once, within 24 hours. If it doesn’t arrive, send it again from their page.
          </p>
        ),
      }
    : {
        title: `The link for ${plainStored(name)}`,
        text: (
          <p>
            Shown only once. Send it to <span className="text-ink wrap-anywhere">{email}</span> before
            closing. It sets their password once, within 24 hours.
          </p>
        ),
        value: link,
      };
