import { STATUS_WORDS } from "@/components/runs/status-words";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { plainStored } from "@/lib/client/bidi";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import type { AuditTarget } from "@/lib/states/audit-entry";
import type { Permission } from "@/lib/states/permissions";
import { parseRunStatus } from "@/lib/states/run";
import { batchOf } from "./batch-of";
import { describeApproval } from "./describe-approval";
import { describeKey } from "./describe-key";
import { describeInvitation, describeLink, isReach, writeReach } from "./describe-person";
import { PageLink, To } from "./page-link";

const TARGETS: Record<Exclude<AuditTarget, "run">, string> = {
  metadata: "Filter",
  batch: "Bulk cancellation",
  retention: "Retention",
  approval: "Request",
  organization: "Customer",
  webhook: "Webhook",
  callback_secret: "Callback secret",
  delivery: "Delivery to",
  job: "Job",
  model: "Model",
  view: "View",
  session: "Session of",
  audit: "Audit trail",
  key: "Key",
  person: "Person",
};

type Props = {
  entry: AuditEntry;
  customer: { name: string; slug?: string };
  permissions: ReadonlySet<Permission>;
};

/** The changed record, its customer, and its values before and after. */
export function EntryChange({ entry, customer, permissions }: Props) {
  const { target, meta } = entry;
  const batchId = batchOf(meta);
  return (
    <Panel id="change" title="Change">
      <KeyValues
        items={[
          { name: "Action", value: <code className="mono">{entry.action}</code> },
          ...(target.type === "run"
            ? [
                {
                  name: "Run",
                  value: (
                    <To href={paths.run(target.id)} className="mono">
                      {target.id}
                    </To>
                  ),
                },
                {
                  name: "Model",
                  value: (
                    <To href={paths.runs({ model: target.label })}>
                      <StoredText>{target.label}</StoredText>
                    </To>
                  ),
                },
              ]
            : [
                {
                  name: TARGETS[target.type],
                  value:
                    target.type === "key" || target.type === "person" ? (
                      <PageLink {...target} type={target.type} permissions={permissions} />
                    ) : target.type === "batch" ? (
                      <To href={paths.cancellation(target.id)}>{plainStored(target.label)}</To>
                    ) : target.type === "approval" ? (
                      <To href={paths.approval(target.id)}>{plainStored(target.label)}</To>
                    ) : (
                      target.label
                    ),
                },
                { name: "ID", value: <Copyable text={target.id} what={`${target.type} ID`} /> },
              ]),
          {
            name: "Canceled in",
            value: batchId && <To href={paths.cancellation(batchId)}>a bulk cancellation</To>,
          },
          ...describeApproval(meta),
          ...(target.type === "key" ? describeKey(meta) : []),
          ...(target.type === "person" ? describeLink(meta) : []),
          { name: "Expression", value: target.type === "metadata" && writeExpression(meta["expression"]) },
          ...(entry.action === "person.invited" || entry.action === "person.provisioned"
            ? describeInvitation(meta)
            : []),
          {
            name: "Customer",
            value: customer.slug ? (
              <To href={paths.runs({ org: customer.slug })}>
                <StoredText>{customer.name}</StoredText>
              </To>
            ) : (
              customer.name
            ),
          },
          {
            name: "Status",
            value:
              meta.status_before &&
              meta.status_after &&
              `${statusWord(meta.status_before)} → ${statusWord(meta.status_after)}`,
          },
          { name: "Changes", value: describeChanges(meta["changes"]) },
        ]}
      />
    </Panel>
  );
}

const writeExpression = (expression: unknown) =>
  typeof expression === "string" && (
    <code className="mono wrap-anywhere">
      <StoredText>{expression}</StoredText>
    </code>
  );

const statusWord = (code: string): string => {
  const status = parseRunStatus(code);
  return status ? STATUS_WORDS[status] : code;
};

/** What differs, as "name: before → after", or undefined where the entry names nothing. */
function describeChanges(changes: unknown) {
  if (typeof changes !== "object" || changes === null) return undefined;
  return Object.entries(changes).map(([field, values]) => (
    <span key={field} className="block">
      {field}: <StoredText>{[values].flat().map(writeValue).join(" → ")}</StoredText>
    </span>
  ));
}

function writeValue(value: unknown): string {
  if (isReach(value)) return writeReach(value);
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
