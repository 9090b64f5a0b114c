import { TicketChip } from "@/components/cancellations/ticket-chip";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import { Moment } from "@/components/ui/moment";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import type { Permission } from "@/lib/states/permissions";
import { ACTION_WORDS } from "./action-words";
import { describeActor } from "./describe-actor";
import { EntryActor } from "./entry-actor";
import { EntryChange } from "./entry-change";
import { EntryRecord } from "./entry-record";
import { VerifyEntry } from "./verify-entry";

type Props = {
  entry: AuditEntry;
  /** A customer with a slug gets a link. */
  customer: { name: string; slug?: string };
  /** The chain's owner, if not a customer. */
  chainOwner?: string;
  /** The reader's permissions: not everyone may open the pages of keys and people. */
  permissions: ReadonlySet<Permission>;
};

/** One entry in full, readable years later without any other page. */
export function EntryDetails({ entry, customer, chainOwner = customer.name, permissions }: Props) {
  const { actor, context, meta } = entry;
  return (
    <>
      <ThingHeader
        back={{ href: paths.audit(), text: "Audit trail" }}
        title={`${describeActor(actor)}: ${ACTION_WORDS[entry.action].toLowerCase()}`}
        about={
          <>
            <Moment time={entry.occurred_at} />, <RelativeTime time={entry.occurred_at} />
          </>
        }
        actions={<VerifyEntry entry={entry} chainOwner={chainOwner} />}
      />
      <div className="grid gap-4 p-4 lg:p-6">
        <section aria-labelledby="reason" className="bg-surface rounded-lg border px-4 py-3">
          <h2 id="reason" className="text-ink-muted text-sm font-medium">
            Reason
          </h2>
          <p className="text-md mt-1 wrap-anywhere whitespace-pre-wrap">
            {"unreadable" in meta ? (
              <>
                The console did not write this entry and can’t read it. Its content:{" "}
                <StoredText>{JSON.stringify(meta.unreadable)}</StoredText>
              </>
            ) : (
              <StoredText>{meta.reason ?? "No reason given."}</StoredText>
            )}
          </p>
          {meta.ticket && (
            <div className="mt-2">
              <TicketChip ticket={meta.ticket} />
            </div>
          )}
        </section>
        <div className="grid items-start gap-4 md:grid-cols-2">
          <EntryActor actor={actor} permissions={permissions} />
          <EntryChange entry={entry} customer={customer} permissions={permissions} />
          <Panel id="source" title="Source">
            <KeyValues
              items={[
                { name: "Source", value: context.source },
                { name: "IP address", value: context.ip && <code className="mono">{context.ip}</code> },
                { name: "Browser or tool", value: context.user_agent },
                { name: "Request ID", value: <Copyable text={context.request_id} what="request ID" /> },
              ]}
            />
          </Panel>
          <EntryRecord entry={entry} chainOwner={chainOwner} />
        </div>
      </div>
    </>
  );
}
