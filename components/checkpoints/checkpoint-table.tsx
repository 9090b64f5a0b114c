import { HeadCell } from "@/components/ui/head-cell";
import { None } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { TABLE } from "@/components/ui/table-style";
import type { AuditCheckpoint } from "@/lib/contract/audit-checkpoints";
import { CopyState } from "./copy-state";

const CELL =
  "px-2 py-2 align-top first:pl-4 last:pr-4 lg:first:pl-6 lg:last:pr-6 max-md:p-0 max-md:first:pl-0 max-md:last:pr-0";
const ROW =
  "border-b max-md:grid max-md:grid-cols-[auto_minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-2.5";

export function CheckpointTable({ checkpoints }: { checkpoints: AuditCheckpoint[] }) {
  return (
    <table role="table" aria-label="Checkpoints" className={TABLE}>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          <HeadCell className="w-24">Number</HeadCell>
          <HeadCell className="w-28">Made</HeadCell>
          <HeadCell className="w-40">Up to position</HeadCell>
          <HeadCell className="w-32 max-lg:hidden">Organizations</HeadCell>
          <HeadCell className="w-28">Signed by</HeadCell>
          <HeadCell>Copies</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {checkpoints.map((checkpoint) => (
          <Row key={checkpoint.number} checkpoint={checkpoint} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  checkpoint: { number, time, position, orgs, key_ids, publications },
}: {
  checkpoint: AuditCheckpoint;
}) {
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} font-medium tabular-nums`}>
        {number}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap`}>
        <RelativeTime time={time} />
      </td>
      <td role="cell" className={`${CELL} tabular-nums`}>
        <span className="text-ink-muted md:hidden">up to </span>
        {position.toLocaleString("en")}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted tabular-nums max-lg:hidden`}>
        {orgs.toLocaleString("en")}
      </td>
      <td role="cell" className={`${CELL} mono max-md:col-span-3`}>
        {key_ids.join(" ")}
      </td>
      <td role="cell" className={`${CELL} max-md:col-span-3`}>
        {publications.length === 0 ? (
          <None />
        ) : (
          <ul className="grid gap-0.5">
            {publications.map((copy) => (
              <CopyState key={copy.target} copy={copy} />
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
