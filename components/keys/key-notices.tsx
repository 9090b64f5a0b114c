import { Notice } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import type { ApiKey } from "@/lib/contract/keys";
import { KeyExpiry } from "./key-expiry";

/** Whether a key still works and its owner was warned that it expires. */
export const isExpiring = ({ state, expires_at, expiry_warned_at, rotated_to }: ApiKey): boolean =>
  rotated_to === null &&
  expires_at !== null &&
  expiry_warned_at !== null &&
  state !== "revoked" &&
  state !== "expired";

/** What the owner of a key has to know, on the key's page. */
export function KeyNotices({ of: key }: { of: ApiKey }) {
  if (key.leak)
    return (
      <Notice tone="danger">
        <p>
          <span className="font-medium">This key was reported as leaked and revoked at once.</span> Check its
          activity below, and replace it wherever it is used.
        </p>
        {key.leak.source_url !== null && (
          <p className="wrap-anywhere">
            Found at <StoredText>{key.leak.source_url}</StoredText>
          </p>
        )}
      </Notice>
    );
  if (!isExpiring(key)) return null;
  return (
    <Notice tone="warn">
      <span className="font-medium">
        This key expires <KeyExpiry state={key.state} expiresAt={key.expires_at!} />.
      </span>{" "}
      Replace it before then wherever it is used.
    </Notice>
  );
}
