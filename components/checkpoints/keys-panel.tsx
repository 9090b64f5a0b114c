import { Moment } from "@/components/ui/moment";
import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import type { AuditKey } from "@/lib/contract/audit-checkpoints";

/** The public keys that verify checkpoints. Keep a copy where a database admin can't change it. */
export function KeysPanel({ keys }: { keys: AuditKey[] }) {
  return (
    <Panel id="keys" title="Verifier keys">
      <p className="text-ink-muted px-4 py-2.5">
        Store these keys outside this system and verify with your own copy.
      </p>
      <ul className="divide-y border-t">
        {keys.map(({ key_id, verifier_key, first_used_at }) => (
          <li key={key_id} className="flex items-start justify-between gap-2 px-4 py-2">
            <div className="min-w-0">
              <code className="mono wrap-anywhere">{verifier_key}</code>
              <p className="text-ink-muted text-sm">
                First used <Moment time={first_used_at} />
              </p>
            </div>
            <CopyButton text={verifier_key} what={`verifier key ${key_id}`} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
