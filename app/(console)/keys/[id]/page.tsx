import type { Metadata } from "next";
import { RunEntries } from "@/components/audit/run-entries";
import { describeReach } from "@/components/keys/describe-reach";
import { KeyActions } from "@/components/keys/key-actions";
import { KeyActivity } from "@/components/keys/key-activity";
import { KeyNotices } from "@/components/keys/key-notices";
import { KeyFacts } from "@/components/keys/key-facts";
import { KeyPowers } from "@/components/keys/key-powers";
import { KeyState } from "@/components/keys/key-state";
import { CAUSE_WORDS, KIND_WORDS } from "@/components/keys/key-words";
import { PendingLine } from "@/components/keys/pending-line";
import { RotationLine } from "@/components/keys/rotation-line";
import { StoppedLine } from "@/components/keys/stopped-line";
import { UnusualActivity } from "@/components/keys/unusual-activity";
import { EntityLoading } from "@/components/shell/loading";
import { AutoRefresh } from "@/components/ui/auto-refresh";
import { StoredText } from "@/components/ui/stored-text";
import { ThingHeader } from "@/components/ui/thing-header";
import { paths } from "@/lib/client/paths";
import { entityPage } from "../../console-page";
import { creatorOf } from "../creator-of";
import { loadKeyPage } from "./load-key-page";

export const metadata: Metadata = { title: "Key" };

/** How long the page refreshes automatically; later, returning to the tab refreshes it. */
const WATCH_MS = 60 * 60_000;
const EVERY_MS = 10_000;

const PAGE = { permission: "keys.read", path: paths.key, loading: <EntityLoading /> } as const;

export default entityPage(PAGE, async ({ caller, id }) => {
  const page = await loadKeyPage(caller, id);
  const { key, customers, orgNames, activity, entries, stop, mayReadAudit, isTrailInReach } = page;
  const reach = describeReach(key, orgNames);
  const customer = key.org_id && (orgNames[key.org_id] ?? key.org_id);
  return (
    <>
      <ThingHeader
        back={{ href: paths.keys(), text: "Keys" }}
        title={
          <>
            <span className="sr-only">Key </span>
            <StoredText>{key.name}</StoredText>
          </>
        }
        status={<KeyState state={key.state} />}
        about={
          <p className="flex flex-wrap items-center gap-x-3">
            <code className="mono">{key.prefix}…</code>
            <span>
              {KIND_WORDS[key.kind]} of{" "}
              <span className="text-ink">
                <StoredText>{key.owner.name}</StoredText>
              </span>{" "}
              for <span className="text-ink">{reach}</span>
            </span>
          </p>
        }
        actions={
          <KeyActions
            of={key}
            reach={reach}
            customers={customers}
            creator={creatorOf(caller)}
            live={activity.live_runs}
            stoppedBecause={stop?.meta.reason ?? null}
          />
        }
      >
        <AutoRefresh forMs={WATCH_MS} everyMs={EVERY_MS} />
        {key.state === "active" && <UnusualActivity activity={activity} />}
        <KeyNotices of={key} />
        <RotationLine of={key} />
        {(key.revoked_at ?? key.suspended_until) && <StoppedLine of={key} entry={stop} />}
        {key.suspended_because && key.suspended_because !== "requested" && (
          <p className="text-ink-muted">{CAUSE_WORDS[key.suspended_because]}</p>
        )}
        {key.state === "pending" && <PendingLine of={key} isMaker={key.maker?.id === caller.person.id} />}
      </ThingHeader>
      <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="grid min-w-0 gap-4">
          <KeyActivity
            of={key}
            activity={activity}
            may={{ readAudit: mayReadAudit, readSecurity: caller.permissions.has("security.read") }}
          />
          <KeyPowers of={key} orgNames={orgNames} />
          <RunEntries
            entries={entries}
            isReadable={mayReadAudit}
            none={
              isTrailInReach
                ? "No changes recorded."
                : "Only people with access to all customers can read the audit entries of a service key."
            }
          />
        </div>
        <div className="grid min-w-0 gap-4">
          <KeyFacts of={key} customer={customer} />
        </div>
      </div>
    </>
  );
});
