import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AuditCheckpoint } from "@/lib/contract/audit-checkpoints";

type Copy = AuditCheckpoint["publications"][number];

/** A copy's location or why it is missing, by word, shape and color. */
export function CopyState({ copy }: { copy: Copy }) {
  const { target, published_at, attempts, last_error } = copy;
  const isFailing = published_at === null && last_error !== null;
  const Icon = published_at ? CircleCheck : isFailing ? CircleAlert : CircleDashed;
  const tone = published_at ? "text-status-succeeded" : isFailing ? "text-status-failed" : "text-ink-muted";
  return (
    <li className="flex items-start gap-1.5">
      <Icon aria-hidden className={cx("mt-0.5 size-4 shrink-0", tone)} />
      <span className="min-w-0 wrap-anywhere">
        <span className="mono">{target}</span>
        <span className={isFailing ? "text-status-failed" : "text-ink-muted"}>
          {published_at ? (
            <>
              , copied <RelativeTime time={published_at} />
            </>
          ) : isFailing ? (
            `, not copied after ${attempts === 1 ? "one try" : `${attempts} tries`}: ${last_error}`
          ) : (
            ", not copied yet"
          )}
        </span>
      </span>
    </li>
  );
}
