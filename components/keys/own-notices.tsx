import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { ApiKey } from "@/lib/contract/keys";
import { KeyExpiry } from "./key-expiry";

/** The person's own keys that leaked or expire soon, above the list of keys. */
export function OwnNotices({ keys }: { keys: readonly ApiKey[] }) {
  if (keys.length === 0) return null;
  const hasLeak = keys.some(({ leak }) => leak !== null);
  return (
    <div className="px-4 pb-3 lg:px-6">
      <Notice tone={hasLeak ? "danger" : "warn"}>
        <h2 className="font-medium">Your keys need attention</h2>
        <ul className="grid gap-0.5">
          {keys.map((key) => (
            <li key={key.id} className="wrap-anywhere">
              <Link href={paths.key(key.id)} prefetch={false} className="text-accent underline">
                <StoredText>{key.name}</StoredText>
              </Link>{" "}
              {key.leak ? (
                <>
                  was reported as leaked and revoked <RelativeTime time={key.revoked_at!} />. Replace it.
                </>
              ) : (
                <>
                  expires <KeyExpiry state={key.state} expiresAt={key.expires_at!} />. Replace it before then.
                </>
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
