import { KeyValues } from "@/components/ui/key-values";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AuditCheckpoint } from "@/lib/contract/audit-checkpoints";
import { CopyState } from "./copy-state";

/** The newest checkpoint: its coverage, its signer, and the state of its copies. */
export function NewestCheckpoint({ checkpoint }: { checkpoint: AuditCheckpoint }) {
  const { number, time, position, orgs, key_ids, publications } = checkpoint;
  return (
    <Panel id="newest" title={`Checkpoint ${number.toLocaleString("en")}`}>
      <KeyValues
        items={[
          {
            name: "Created",
            value: (
              <>
                <Moment time={time} /> (<RelativeTime time={time} />)
              </>
            ),
          },
          {
            name: "Covers",
            value: `${position.toLocaleString("en")} ${position === 1 ? "entry" : "entries"} in ${orgs.toLocaleString("en")} ${orgs === 1 ? "chain" : "chains"}`,
          },
          { name: "Signed with", value: <code className="mono">{key_ids.join(" ")}</code> },
          {
            name: "Copies",
            value:
              publications.length === 0 ? (
                "None: no copy destination is configured."
              ) : (
                <>
                  <p className="font-medium">{summarizeCopies(publications)}</p>
                  <ul className="grid gap-0.5">
                    {publications.map((copy) => (
                      <CopyState key={copy.target} copy={copy} />
                    ))}
                  </ul>
                </>
              ),
          },
        ]}
      />
    </Panel>
  );
}

function summarizeCopies(copies: AuditCheckpoint["publications"]): string {
  const there = copies.filter(({ published_at }) => published_at !== null).length;
  if (there < copies.length) return `${there} of ${copies.length} copied`;
  return copies.length === 1 ? "Copied" : `All ${copies.length} copied`;
}
