"use client";

import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { Mark } from "@/components/ui/mark";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { RequestFailure } from "@/components/ui/request-failure";
import { endOtherSessions, endSession } from "@/lib/client/sessions";
import { useChange } from "@/lib/client/use-change";
import type { Session } from "@/lib/contract/sessions";

/** `browser`: its name and system, such as "Firefox on macOS". */
export type ListedSession = Session & { browser: string };

type Props = { sessions: readonly ListedSession[]; idleMinutes: number };

/** Where the person is signed in. */
export function SessionList({ sessions, idleMinutes }: Props) {
  const list = useRef<HTMLUListElement>(null);
  // The pressed button is gone with its session.
  const keepFocus = () => list.current?.focus({ preventScroll: true });
  const one = useChange(endSession, keepFocus);
  const others = useChange(endOtherSessions, keepFocus);
  const isBusy = one.isPending || others.isPending;
  const failure = one.error ?? others.error;
  return (
    <Panel
      id="sessions"
      title="Sessions"
      aside={
        sessions.length > 1 && (
          <Button size="sm" isBusy={others.isPending} onClick={() => !isBusy && others.mutate(undefined)}>
            End the other sessions
          </Button>
        )
      }
    >
      <p className="text-ink-muted border-b px-4 py-2.5">
        Where you are signed in. A session ends after {idleMinutes} minutes without use.
      </p>
      {failure && !isBusy && (
        <div className="border-b p-3">
          <RequestFailure error={failure} />
        </div>
      )}
      <ul ref={list} tabIndex={-1} aria-labelledby="sessions" className="divide-y outline-none">
        {sessions.map((session) => (
          <SessionItem
            key={session.id}
            session={session}
            isBusy={one.isPending && one.variables === session.id}
            onEnd={() => !isBusy && one.mutate(session.id)}
          />
        ))}
      </ul>
    </Panel>
  );
}

type ItemProps = { session: ListedSession; isBusy: boolean; onEnd: () => void };

function SessionItem({ session, isBusy, onEnd }: ItemProps) {
  const { browser, ip, started_at, last_used_at, is_current, user_agent } = session;
  return (
    <li className="flex items-start justify-between gap-3 px-4 py-2.5">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 font-medium" title={user_agent ?? undefined}>
          {browser} {is_current && <Mark tone="neutral">This session</Mark>}
        </p>
        <p className="text-ink-muted flex flex-wrap gap-x-3 text-sm">
          <span>
            Signed in <RelativeTime time={started_at} />
          </span>
          <span>
            Used <RelativeTime time={last_used_at} />
          </span>
          {ip && <code className="mono wrap-anywhere">{ip}</code>}
        </p>
      </div>
      {!is_current && (
        <Button size="sm" isBusy={isBusy} onClick={onEnd}>
          End<span className="sr-only"> the session in {browser}</span>
        </Button>
      )}
    </li>
  );
}
