import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import type { ApiKey } from "@/lib/contract/keys";
import { KeyExpiry } from "./key-expiry";

type Props = {
  of: ApiKey;
  /**
   * The entry about its suspension or revocation. Absent if the person may not read it, or if the key is
   * older than the audit trail.
   */
  entry: AuditEntry | undefined;
};

/** Who suspended or revoked a key and why, from the audit trail. */
export function StoppedLine({ of: { state, revoked_at, suspended_until: until }, entry }: Props) {
  const at = revoked_at ?? entry?.occurred_at;
  return (
    <p className="wrap-anywhere">
      <span className="font-medium">
        {revoked_at ? "Revoked" : "Suspended"} {at && <RelativeTime time={at} />}
        {entry && ` by ${plainStored(entry.actor.name)}`}.
      </span>{" "}
      {until && (
        <>
          Works again <KeyExpiry state={state} expiresAt={until} />.{" "}
        </>
      )}
      {entry && (
        <>
          <StoredText>{entry.meta.reason}</StoredText>{" "}
          <Link href={paths.auditEntry(entry.id)} className="text-accent underline">
            Audit entry
          </Link>
        </>
      )}
    </p>
  );
}
