import type { ShownSecret } from "@/components/secrets/secret-shown";
import { Moment } from "@/components/ui/moment";
import { StoredText } from "@/components/ui/stored-text";
import type { ApiKey } from "@/lib/contract/keys";

/** The link that lets a customer's person claim their key, shown once. */
export const showLink = ({
  name,
  owner,
  link,
  link_expires_at,
}: ApiKey & { link: string | null }): ShownSecret => ({
  title: "Send this link to the customer",
  text: (
    <p>
      It shows the key <StoredText className="text-ink">{name}</StoredText> once. Send it only to{" "}
      <StoredText className="text-ink">{owner.name}</StoredText>, {owner.email}: the first person to open it
      gets the key.{" "}
      {link_expires_at && (
        <>
          It expires <Moment time={link_expires_at} />.
        </>
      )}
    </p>
  ),
  value: link ?? "",
  what: "link",
  kept: "I’ve sent the link",
});
