import type { ShownSecret } from "@/components/secrets/secret-shown";
import { StoredText } from "@/components/ui/stored-text";
import type { NewApiKey } from "@/lib/contract/keys";
import { showLink } from "./show-link";

/** A new key, or the link to it for a customer's person, shown once. */
export const showNewKey = (made: NewApiKey): ShownSecret =>
  made.key === null
    ? showLink(made)
    : {
        title: "Your new key",
        text: (
          <p>
            <StoredText className="text-ink">{made.name}</StoredText> is shown only once. Store it where it
            will be used before closing.
          </p>
        ),
        value: made.key,
      };
