import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import type { AuditEntry } from "@/lib/contract/audit";

type Props = { entry: AuditEntry; chainOwner: string };

/** Where the entry is in the trail, and its hashes. */
export function EntryRecord({ entry, chainOwner }: Props) {
  const { chain } = entry;
  return (
    <Panel id="record" title="Record">
      <KeyValues
        items={[
          { name: "Entry ID", value: <Copyable text={entry.id} what="entry ID" /> },
          {
            name: "Position",
            value:
              entry.position === null
                ? "Not sealed yet"
                : `${entry.position.toLocaleString("en")} of the whole trail`,
          },
          {
            name: "Chain",
            value: chain && `Number ${chain.sequence.toLocaleString("en")} of ${chainOwner}’s entries`,
          },
        ]}
      />
      {chain && <Hashes hash={chain.hash} previous={chain.previous_hash} />}
    </Panel>
  );
}

function Hashes({ hash, previous }: { hash: string; previous: string }) {
  return (
    <details className="border-t">
      <summary className="text-ink-muted hover:text-ink w-fit cursor-pointer px-4 py-2 text-sm">
        Hashes
      </summary>
      <KeyValues
        items={[
          { name: "Hash", value: <Copyable text={hash} what="hash" /> },
          { name: "Previous hash", value: <Copyable text={previous} what="previous hash" /> },
        ]}
      />
    </details>
  );
}
