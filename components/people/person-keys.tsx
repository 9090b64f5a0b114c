import Link from "next/link";
import { KeyState } from "@/components/keys/key-state";
import { EmptyPanel, Panel } from "@/components/ui/panel";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { ApiKey } from "@/lib/contract/keys";

type Props = { ownerId: string; keys: readonly ApiKey[] };

/** The keys that a person owns. A key can do no more than its owner. */
export function PersonKeys({ ownerId, keys }: Props) {
  if (keys.length === 0) {
    return (
      <EmptyPanel id="keys" title="Keys">
        No keys.
      </EmptyPanel>
    );
  }
  return (
    <Panel
      id="keys"
      title="Keys"
      aside={
        <Link href={paths.keys({ owner: ownerId })} className={ASIDE_LINK}>
          View all
        </Link>
      }
    >
      <ul className="divide-y">
        {keys.map(({ id, name, prefix, state }) => (
          <li key={id} className="hover:bg-hover relative flex items-baseline gap-3 px-4 py-2">
            <Link href={paths.key(id)} prefetch={false} className="stretched min-w-0 truncate font-medium">
              <StoredText>{name}</StoredText>
            </Link>
            <code className="mono text-ink-muted">{prefix}…</code>
            <span className="ml-auto">
              <KeyState state={state} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
