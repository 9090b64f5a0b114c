import { Moment } from "@/components/ui/moment";
import Link from "next/link";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import type { ApiKey } from "@/lib/contract/keys";
import { KeyExpiry } from "./key-expiry";
import { KIND_WORDS } from "./key-words";

const Maker = ({ name, email }: NonNullable<ApiKey["maker"]>) => (
  <>
    <StoredText>{name}</StoredText>
    <span className="text-ink-muted block text-sm">{email}</span>
  </>
);

export function KeyFacts({ of: key, customer }: { of: ApiKey; customer: string | null }) {
  const { owner, state, expires_at, suspended_until, revoked_at } = key;
  return (
    <Panel id="facts" title="Details">
      <KeyValues
        items={[
          { name: "Kind", value: KIND_WORDS[key.kind] },
          { name: "Starts with", value: <code className="mono">{key.prefix}…</code> },
          ...(key.kind === "inference" ? [{ name: "Customer", value: customer }] : []),
          {
            name: "Owner",
            value: (
              <>
                <StoredText>{owner.name}</StoredText>
                <span className="text-ink-muted block text-sm">
                  {owner.email}
                  {owner.role && `, ${owner.role}`}
                </span>
                <Link
                  href={paths.keys({ owner: owner.id })}
                  prefetch={false}
                  className="text-accent text-sm underline"
                >
                  All keys of this owner
                </Link>
              </>
            ),
          },
          { name: "Made by", value: key.maker && key.maker.id !== owner.id && <Maker {...key.maker} /> },
          { name: "Last used", value: <LastUse of={key} /> },
          {
            name: "Expires",
            value: expires_at && (
              <>
                <KeyExpiry state={state} expiresAt={expires_at} />
                <span className="text-ink-muted block text-sm">
                  <Moment time={expires_at} />
                </span>
              </>
            ),
          },
          { name: "Suspended until", value: suspended_until && <Moment time={suspended_until} /> },
          { name: "Revoked", value: revoked_at && <Moment time={revoked_at} /> },
          { name: "Created", value: <Moment time={key.created_at} /> },
          { name: "ID", value: <Copyable text={key.id} what="key ID" /> },
        ]}
      />
    </Panel>
  );
}

const LastUse = ({ of: { last_used_at: time, last_used_ip: ip } }: { of: ApiKey }) =>
  time === null ? (
    "Never"
  ) : (
    <>
      <RelativeTime time={time} />
      {ip !== null && (
        <span className="text-ink-muted block text-sm">
          from{" "}
          <code className="mono wrap-anywhere">
            <StoredText>{ip}</StoredText>
          </code>
        </span>
      )}
    </>
  );
