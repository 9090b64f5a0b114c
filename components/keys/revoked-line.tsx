import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";

type Props = {
  at: string;
  /** Absent if the person may not read it, or if the key is older than the audit trail. */
  entry: AuditEntry | undefined;
};

/** Who revoked a key and why, from the audit trail. */
export function RevokedLine({ at, entry }: Props) {
  return (
    <p className="wrap-anywhere">
      <span className="font-medium">
        Revoked <RelativeTime time={at} />
        {entry && ` by ${plainStored(entry.actor.name)}`}.
      </span>{" "}
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
