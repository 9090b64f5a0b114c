import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import { Notice } from "@/components/ui/notice";
import { paths } from "@/lib/client/paths";
import type { Approval } from "@/lib/contract/approvals";

/** Leads the requester of an approved request back to the action. */
export function NextStep({ approval, isOwn }: { approval: Approval; isOwn: boolean }) {
  const { state, expires_at: end } = approval;
  if (state !== "approved") return null;
  return (
    <Notice tone="success">
      <span className="font-medium">Approved.</span>{" "}
      {isOwn ? (
        <>
          Do it now:{" "}
          <Link href={placeOf(approval)} prefetch={false} className="text-accent font-medium underline">
            {WORDS[approval.kind]}
          </Link>
          . The approval works once and ends at <Moment time={end} />.
        </>
      ) : (
        <>
          The requester can do it once; the approval ends at <Moment time={end} />.
        </>
      )}
    </Notice>
  );
}

const WORDS: Record<Approval["kind"], string> = {
  "run.cancel": "open the run",
  "batch.start": "open the plan",
  "person.grant_admin": "open People",
  "organization.unprotect": "open Approvals",
};

function placeOf({ kind, target }: Approval): string {
  if (kind === "run.cancel") return paths.run(target.id);
  if (kind === "batch.start") return paths.cancellation(target.id);
  return kind === "person.grant_admin" ? paths.people({ text: target.id }) : paths.approvals();
}
