"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { Notice } from "@/components/ui/notice";
import { useDraft } from "@/lib/client/drafts";
import { explainMissing } from "@/lib/client/explain-missing";
import type { ChangeKeyResult } from "@/lib/client/keys";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";
import { useRefresh } from "@/lib/client/use-refresh";
import type { ApiKey, KeyActivity } from "@/lib/contract/keys";
import { CopyForAdmin } from "./copy-for-admin";
import type { KeyCreator } from "./key-creator";
import { liveRunsOf } from "./live-runs-of";

const NewKeyDialog = lazyDialog(() => import("./new-key-dialog").then((module) => module.NewKeyDialog));
const RotateKeyDialog = lazyDialog(() =>
  import("./rotate-key-dialog").then((module) => module.RotateKeyDialog),
);
const ChangeKeyDialog = lazyDialog(() =>
  import("./change-key-dialog").then((module) => module.ChangeKeyDialog),
);

type Props = {
  of: ApiKey;
  /** Its customers, in words. */
  reach: string;
  /** The customers that it lists. */
  customers: Customer[];
  creator: KeyCreator;
  live: KeyActivity["live_runs"];
  /** Why it is suspended or revoked, if it is and the person may read the entry. */
  stoppedBecause: string | null;
};

/**
 * Rotates, replaces, suspends, resumes and revokes a key, then leads to canceling its live runs with the same
 * reason. After a replacement, the reason to revoke the old one is filled in.
 */
export function KeyActions({ of: key, reach, customers, creator, live, stoppedBecause }: Props) {
  const { refresh } = useRefresh();
  const [replace, suspend, resume, revoke] = [useDialog(), useDialog(), useDialog(), useDialog()];
  const rotate = useDialog();
  const [reason, setReason] = useDraft(`stop:${key.id}`);
  const [resumeReason, setResumeReason] = useDraft(`resume:${key.id}`);
  const [replacedBy, setReplacedBy] = useState<string>();
  const [done, setDone] = useState<ChangeKeyResult & { reason: string }>();
  const isRevoked = key.state === "revoked" || done?.change === "revoke";
  const isSuspended = !isRevoked && key.suspended_until !== null;
  const mayManage = creator.permissions.includes("keys.manage");
  const mayCancel = creator.permissions.includes("runs.cancel.bulk");
  const missing = mayManage ? undefined : explainMissing("managing keys", "keys.manage");
  const isRotated = key.rotated_to !== null;
  const mayRotate = mayManage || creator.id === key.owner.id;
  const unstoppable = isRevoked ? "Already revoked. This can’t be undone." : missing;
  const unsuspendable =
    unstoppable ?? (key.state === "expired" ? "The key has expired and no longer works." : undefined);
  const cancel = paths.newCancellation({
    q: liveRunsOf(key.id),
    reason: done && done.change !== "resume" ? done.reason : (stoppedBecause ?? undefined),
  });
  const onDone = (result: ChangeKeyResult, given: string) => {
    setDone({ ...result, reason: given });
    // A suspension's reason stays, for a revocation that follows.
    if (result.change !== "suspend") setReason("");
    setResumeReason("");
    for (const dialog of [suspend, resume, revoke]) dialog.close();
    refresh();
  };
  const dialog = { of: key, reach, onDone };
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch sm:ml-auto">
      <div className="flex flex-wrap justify-end gap-2 max-sm:*:flex-1">
        {!isRevoked && (key.state === "active" || isRotated) && (
          <Button {...rotate.opener} {...(isRotated ? OFF_ROTATED : off(mayRotate ? undefined : missing))}>
            Rotate key…
          </Button>
        )}
        <Button {...replace.opener} {...off(missing)}>
          Replace key…
        </Button>
        {isSuspended ? (
          <Button {...resume.opener} {...off(missing)}>
            Resume key
          </Button>
        ) : (
          <Button {...suspend.opener} {...off(unsuspendable)}>
            Suspend for an hour
          </Button>
        )}
        <Button {...revoke.opener} {...off(unstoppable)} variant="danger-quiet">
          Revoke key
        </Button>
        {live.count > 0 && (
          <CancelLive
            live={live}
            href={mayCancel ? cancel : undefined}
            isNext={done !== undefined && done.change !== "resume"}
          />
        )}
        {!(mayManage && mayCancel) && <CopyForAdmin of={key} reach={reach} live={live} cancel={cancel} />}
      </div>
      {unsuspendable && (
        <p
          id="key-disabled-reason"
          className={isRevoked && done ? "sr-only" : "text-ink-muted text-sm sm:text-right"}
        >
          {unsuspendable}
        </p>
      )}
      {!mayCancel && live.count > 0 && (
        <p id="cancel-disabled-reason" className="text-ink-muted text-sm sm:text-right">
          {explainMissing("canceling many runs at once", "runs.cancel.bulk")}
        </p>
      )}
      <div role="status" className="empty:hidden">
        {done ? (
          <Outcome {...done} />
        ) : (
          replacedBy && (
            <Notice tone="success">
              <Link
                href={paths.key(replacedBy)}
                prefetch={false}
                className="text-accent font-medium underline"
              >
                The new key
              </Link>{" "}
              is ready. Revoke this one as soon as nothing uses it.
            </Notice>
          )
        )}
      </div>
      <NewKeyDialog
        {...replace.props}
        {...{ creator, customers }}
        replaces={key}
        onKept={({ id }) => {
          setReplacedBy(id);
          if (!reason) setReason("Replaced by a new key");
        }}
      />
      <RotateKeyDialog {...rotate.props} of={key} onKept={() => refresh()} />
      <ChangeKeyDialog {...suspend.props} {...dialog} change="suspend" reason={reason} onReason={setReason} />
      <ChangeKeyDialog
        {...resume.props}
        {...dialog}
        change="resume"
        reason={resumeReason}
        onReason={setResumeReason}
      />
      <ChangeKeyDialog {...revoke.props} {...dialog} change="revoke" reason={reason} onReason={setReason} />
    </div>
  );
}

/** The line about the rotation says why. */
const OFF_ROTATED = { "aria-disabled": true, "aria-describedby": "key-rotation" } as const;

const off = (why: string | undefined) =>
  why !== undefined && { "aria-disabled": true, "aria-describedby": "key-disabled-reason" };

type CancelLiveProps = {
  live: KeyActivity["live_runs"];
  /** Undefined for people who may not cancel many runs. */
  href: string | undefined;
  /** Whether the key was just stopped, so that this is the next step. */
  isNext: boolean;
};

function CancelLive({ live, href, isNext }: CancelLiveProps) {
  const { count, is_more: isMore } = live;
  const noun = count === 1 && !isMore ? "live run" : "live runs";
  const words = `Cancel its ${count.toLocaleString("en")}${isMore ? "+" : ""} ${noun}…`;
  if (href === undefined)
    return (
      <Button aria-disabled aria-describedby="cancel-disabled-reason">
        {words}
      </Button>
    );
  return (
    <Link href={href} prefetch={false} className={buttonStyle(isNext ? "primary" : "secondary")}>
      {words}
    </Link>
  );
}

const OUTCOMES = {
  suspend: {
    transitioned: ["Suspended by you.", "Every request with it is refused for an hour."],
    unchanged: ["Already suspended.", "Your request changed nothing."],
  },
  resume: {
    transitioned: ["Resumed by you.", "Requests with it are accepted again."],
    unchanged: ["Not suspended anymore.", "Your request changed nothing."],
  },
  revoke: {
    transitioned: ["Revoked by you.", "Every request with it is now refused."],
    unchanged: ["Already revoked.", "Your request changed nothing."],
  },
} as const;

function Outcome({ change, outcome }: ChangeKeyResult) {
  const [title, text] = OUTCOMES[change][outcome];
  return (
    <Notice tone={outcome === "transitioned" ? "success" : "info"}>
      <span className="font-medium">{title}</span> {text}
      {outcome === "unchanged" && " The audit trail below shows who did it."}
    </Notice>
  );
}
