import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";

type Props = {
  at: string;
  /** Absent where the person may not read it, or the key is older than the trail. */
  entry: AuditEntry | undefined;
};

/** Who ended a key, and why, as the trail has it. */
export function RevokedNotice({ at, entry }: Props) {
  return (
    <Notice tone="danger">
      <p>
        <span className="font-medium">
          Revoked <RelativeTime time={at} />
          {entry && ` by ${entry.actor.name}`}.
        </span>{" "}
        {entry && (
          <Link href={paths.auditEntry(entry.id)} className="text-accent underline">
            Audit entry
          </Link>
        )}
      </p>
      {entry?.meta.reason && <p className="mt-0.5 wrap-anywhere">{entry.meta.reason}</p>}
    </Notice>
  );
}
