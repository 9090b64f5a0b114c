import { To } from "@/components/audit/page-link";
import { writeReach } from "@/components/audit/describe-person";
import { KeyValues } from "@/components/ui/key-values";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { Approval } from "@/lib/contract/approvals";

type Props = { approval: Approval; customers: readonly { id: string; name: string; slug: string }[] };

/** The request, its requester, and its outcome. */
export function ApprovalFacts({ approval, customers }: Props) {
  const { requested_by: requester, decided_by: decider, detail, state } = approval;
  const reach = detail["reach"] as Parameters<typeof writeReach>[0] | undefined;
  return (
    <Panel id="facts" title="Details">
      <KeyValues
        items={[
          { name: "What", value: <Target of={approval} /> },
          {
            name: "Runs",
            value: detail["runs"] !== undefined && `At most ${Number(detail["runs"]).toLocaleString("en")}`,
          },
          { name: "Access", value: reach && writeReach(reach) },
          {
            name: customers.length === 1 ? "Customer" : "Customers",
            value:
              customers.length > 0 &&
              customers.map(({ id, name, slug }) => (
                <span key={id} className="block">
                  <To href={paths.runs({ org: slug })}>
                    <StoredText>{name}</StoredText>
                  </To>
                </span>
              )),
          },
          { name: "Requested by", value: <Who actor={requester} /> },
          { name: "Requested", value: <Moment time={approval.requested_at} /> },
          { name: "Decided by", value: decider && <Who actor={decider} /> },
          { name: "Decided", value: approval.decided_at && <Moment time={approval.decided_at} /> },
          {
            name: "Note",
            value: approval.decision_note && (
              <span className="wrap-anywhere">
                <StoredText>{approval.decision_note}</StoredText>
              </span>
            ),
          },
          { name: "Withdrawn", value: approval.withdrawn_at && <Moment time={approval.withdrawn_at} /> },
          { name: "Used", value: approval.used_at && <Moment time={approval.used_at} /> },
          {
            name: state === "expired" ? "Expired" : "Expires",
            value: ["pending", "approved", "expired"].includes(state) && (
              <Moment time={approval.expires_at} />
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Target({ of: { kind, target } }: { of: Approval }) {
  if (kind === "run.cancel")
    return (
      <To href={paths.run(target.id)} className="mono">
        {target.id}
      </To>
    );
  if (kind === "batch.start") return <To href={paths.cancellation(target.id)}>The plan</To>;
  const label = <StoredText>{target.label}</StoredText>;
  if (kind === "person.grant_admin") return <To href={paths.people({ text: target.id })}>{label}</To>;
  return label;
}

const Who = ({ actor }: { actor: Approval["requested_by"] }) => (
  <>
    <StoredText>{actor.name}</StoredText>
    {actor.email && <span className="text-ink-muted wrap-anywhere">, {actor.email}</span>}
    {actor.key_prefix && (
      <span className="text-ink-muted">
        , key <code className="mono">{actor.key_prefix}</code>
      </span>
    )}
  </>
);
