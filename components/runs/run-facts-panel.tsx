import Link from "next/link";
import { Copyable } from "@/components/ui/copyable";
import { type KeyValue, KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import { Moment } from "@/components/ui/moment";
import { formatDuration } from "@/lib/client/format-time";
import { paths } from "@/lib/client/paths";
import type { RunFacts } from "@/lib/client/runs";

type Props = {
  run: RunFacts;
  customer: string;
  creator: { name: string; email: string } | null;
  /** What it was created with. */
  apiKey: { id: string; name: string; prefix: string } | null;
  mayReadKeys: boolean;
  modelKind: string | undefined;
};

export function RunFactsPanel({ run, customer, creator, apiKey, mayReadKeys, modelKind }: Props) {
  const items: KeyValue[] = [
    { name: "Status code", value: <code className="mono">{run.status_code}</code> },
    { name: "Customer", value: <Copyable text={run.org_id} what="customer id" shown={customer} /> },
    { name: "Model", value: run.model },
    { name: "Kind", value: modelKind },
    { name: "Source", value: run.source_code },
    { name: "Created by", value: creator && <Person {...creator} /> },
    { name: "Key", value: apiKey && <Key {...apiKey} isLinked={mayReadKeys} /> },
    { name: "Created", value: <Moment time={run.created_at} /> },
    { name: "Started", value: run.started_at && <Moment time={run.started_at} /> },
    { name: "Ended", value: run.completed_at && <Moment time={run.completed_at} /> },
    { name: "Duration", value: run.duration_ms === null ? null : formatDuration(run.duration_ms) },
    { name: "Client ref", value: run.client_ref && <Copyable text={run.client_ref} what="client ref" /> },
    { name: "Request id", value: <Copyable text={run.request_id} what="request id" /> },
    { name: "Batch id", value: run.batch_id && <Copyable text={run.batch_id} what="batch id" /> },
    {
      name: "Callback URL",
      value: run.callback_url && <Copyable text={run.callback_url} what="callback URL" />,
    },
    { name: "Logs", value: run.has_logs ? "kept" : null },
  ];
  return (
    <Panel id="facts" title="Facts">
      <KeyValues items={items} />
    </Panel>
  );
}

function Person({ name, email }: { name: string; email: string }) {
  return (
    <>
      <StoredText>{name}</StoredText> <span className="text-ink-muted block text-sm">{email}</span>
    </>
  );
}

function Key({ id, name, prefix, isLinked }: NonNullable<Props["apiKey"]> & { isLinked: boolean }) {
  return (
    <>
      {isLinked ? (
        <Link href={paths.key(id)} prefetch={false} className="text-accent underline">
          <StoredText>{name}</StoredText>
        </Link>
      ) : (
        <StoredText>{name}</StoredText>
      )}{" "}
      <code className="mono text-ink-muted block text-sm">{prefix}…</code>
    </>
  );
}
