import Link from "next/link";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Copyable } from "@/components/ui/copyable";
import { type KeyValue, KeyValues } from "@/components/ui/key-values";
import { Moment } from "@/components/ui/moment";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { formatDuration } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { RunFacts } from "@/lib/client/runs";

type Props = {
  run: RunFacts;
  customer: { name: string; slug: string };
  creator: { name: string; email: string } | null;
  /** The client's input parameters. */
  apiKey: { id: string; name: string; prefix: string } | null;
  mayReadKeys: boolean;
  modelKind: string | undefined;
};

/** The run's facts besides its timeline. */
export function RunDetails({ run, customer, creator, apiKey, mayReadKeys, modelKind }: Props) {
  const items: KeyValue[] = [
    { name: "Customer", value: <Customer {...customer} /> },
    { name: "Customer ID", value: <Copyable text={run.org_id} what="customer ID" /> },
    { name: "Model", value: <To href={paths.runs({ model: run.model })}>{run.model}</To> },
    { name: "Kind", value: modelKind },
    { name: "Source", value: run.source_code },
    { name: "Created by", value: creator && <Creator {...creator} id={run.created_by} /> },
    { name: "Key", value: apiKey && <Key {...apiKey} isLinked={mayReadKeys} /> },
    { name: "Created", value: <Moment time={run.created_at} /> },
    { name: "Started", value: run.started_at && <Moment time={run.started_at} /> },
    { name: "Ended", value: run.completed_at && <Moment time={run.completed_at} /> },
    { name: "Duration", value: run.duration_ms === null ? null : formatDuration(run.duration_ms) },
    { name: "Client ref", value: run.client_ref && <Copyable text={run.client_ref} what="client ref" /> },
    { name: "Request ID", value: <Copyable text={run.request_id} what="request ID" /> },
    { name: "Batch ID", value: run.batch_id && <Copyable text={run.batch_id} what="batch ID" /> },
    {
      name: "Callback URL",
      value: run.callback_url && <Copyable text={run.callback_url} what="callback URL" />,
    },
    { name: "Logs", value: run.has_logs ? "Kept" : null },
  ];
  return (
    <Panel id="details" title="Details">
      <KeyValues items={items} />
    </Panel>
  );
}

function Customer({ name, slug }: Props["customer"]) {
  return (
    <span className="flex items-start justify-between gap-1">
      <To href={paths.runs({ org: slug })}>
        <StoredText>{name}</StoredText>
      </To>
      <span className="-my-1 shrink-0">
        <CopyButton text={name} what="customer name" />
      </span>
    </span>
  );
}

function Creator({ id, name, email }: { id: string | null; name: string; email: string }) {
  return (
    <>
      <To href={paths.runs({ q: `created_by:'${id}'` })}>
        <StoredText>{name}</StoredText>
      </To>{" "}
      <span className="text-ink-muted block text-sm">{email}</span>
    </>
  );
}

/** Links to the key's page, for people who may read keys, and to its runs. */
function Key({ id, name, prefix, isLinked }: NonNullable<Props["apiKey"]> & { isLinked: boolean }) {
  return (
    <>
      {isLinked ? (
        <To href={paths.key(id)}>
          <StoredText>{name}</StoredText>
        </To>
      ) : (
        <StoredText>{name}</StoredText>
      )}{" "}
      <code className="mono text-ink-muted block text-sm">{prefix}…</code>
      <span className="block text-sm">
        <To href={paths.runs({ q: `api_key_id:'${id}'` })}>More runs by this key</To>
      </span>
    </>
  );
}

function To({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="text-accent hover:underline">
      {children}
    </Link>
  );
}
