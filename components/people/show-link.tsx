import { plainStored } from "@/lib/client/bidi";
import type { InvitedPerson } from "@/lib/contract/people";
import type { ShownSecret } from "@/components/secrets/secret-shown";

/** Shows a password link, and what to do with it. */
export const showLink = ({ name, email, link }: InvitedPerson): ShownSecret => ({
  title: `The link for ${plainStored(name)}`,
  text: (
    <p>
      Shown only once. Send it to <span className="text-ink wrap-anywhere">{email}</span> before closing. It
      sets their password once, within 24 hours.
    </p>
  ),
  value: link,
});
