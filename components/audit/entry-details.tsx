import Link from "next/link";
import type { ReactNode } from "react";
import { TicketChip } from "@/components/cancellations/ticket-chip";
import { STATUS_WORDS } from "@/components/runs/status-words";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import { Moment } from "@/components/ui/moment";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import type { AuditTarget } from "@/lib/states/audit-entry";
import type { Permission } from "@/lib/states/permissions";
import { parseRunStatus } from "@/lib/states/run";
import { ACTION_WORDS } from "./action-words";
import { describeActor } from "./describe-actor";
import { describeKey } from "./describe-key";
import { describeInvitation, isReach, writeReach } from "./describe-person";
import { VerifyEntry } from "./verify-entry";

const ACTORS: Record<AuditEntry["actor"]["type"], string> = {
  user: "Person",
  service_key: "Service key",
  inference_key: "Inference key",
  system: "System",
};

const TARGETS: Record<Exclude<AuditTarget, "run">, string> = {
  webhook: "Webhook",
  callback_secret: "Callback secret",
  delivery: "Delivery to",
  model: "Model",
  view: "View",
  session: "Session of",
  audit: "Audit trail",
  key: "Key",
  person: "Person",
};

type Props = {
  entry: AuditEntry;
  /** A slug makes it a link. */
  customer: { name: string; slug?: string };
  /** Whose chain the entry is in, where that is no customer's. */
  chainOwner?: string;
  /** The reader's permissions: not everyone may open the pages of keys and people. */
  permissions: ReadonlySet<Permission>;
};

/** One entry, whole: what a reader needs a year later without any other page. */
export function EntryDetails({ entry, customer, chainOwner = customer.name, permissions }: Props) {
  const { actor, target, context, meta, chain } = entry;
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
          <Panel id="actor" title="Actor">
            <KeyValues
              items={[
                {
                  name: "Name",
                  value:
                    actor.type === "user" ? (
                      <PageLink
                        {...{ type: "person", id: actor.id, label: actor.name, permissions }}
                        orElse={paths.audit({ actor: actor.id, show: "all" })}
                      />
                    ) : actor.type === "system" ? (
                      actor.name
                    ) : (
                      <PageLink
                        {...{ type: "key", id: actor.id, label: actor.name, permissions }}
                        orElse={paths.audit({ actor: actor.id, show: "all" })}
                      />
                    ),
                },
                { name: "Kind", value: ACTORS[actor.type] },
                { name: "Email", value: actor.email },
                { name: "Role", value: actor.role },
                { name: "Key", value: actor.key_prefix && <code className="mono">{actor.key_prefix}…</code> },
                { name: "ID", value: <Copyable text={actor.id} what="actor ID" /> },
                {
                  name: "Owner",
                  value: actor.owner && (
                    <>
                      <PageLink
                        type="person"
                        id={actor.owner.id}
                        label={actor.owner.name}
                        permissions={permissions}
                      />
                      {actor.owner.role && (
                        <span className="text-ink-muted block text-sm">{actor.owner.role}, at that time</span>
                      )}
                    </>
                  ),
                },
              ]}
            />
          </Panel>
          <Panel id="change" title="Change">
            <KeyValues
              items={[
                { name: "Action", value: <code className="mono">{entry.action}</code> },
                ...(target.type === "run"
                  ? [
                      { name: "Run", value: <RunLink id={target.id} /> },
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
                          ) : (
                            target.label
                          ),
                      },
                      { name: "ID", value: <Copyable text={target.id} what={`${target.type} ID`} /> },
                    ]),
                ...(target.type === "key" ? describeKey(meta) : []),
                ...(entry.action === "person.invited" ? describeInvitation(meta) : []),
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
        </div>
      </div>
    </>
  );
}

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

type Linked = {
  type: "key" | "person";
  id: string;
  label: string;
  permissions: ReadonlySet<Permission>;
  orElse?: string;
};

/** Leads to the page of a key or a person, or elsewhere where that page is not for the reader. */
function PageLink({ type, id, label, permissions, orElse }: Linked) {
  const [permission, path] =
    type === "key" ? (["keys.read", paths.key] as const) : (["people.manage", paths.person] as const);
  const href = permissions.has(permission) ? path(id) : orElse;
  if (href === undefined) return <StoredText>{label}</StoredText>;
  return (
    <To href={href}>
      <StoredText>{label}</StoredText>
    </To>
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

const To = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} prefetch={false} className="text-accent hover:underline">
    {children}
  </Link>
);

function RunLink({ id }: { id: string }) {
  return (
    <Link href={paths.run(id)} className="mono text-accent hover:underline">
      {id}
    </Link>
  );
}
