"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import type { Factor } from "@/lib/contract/factors";

const RemoveDialog = lazyDialog(() =>
  import("./remove-factor-dialog").then((module) => module.RemoveFactorDialog),
);
const RenameDialog = lazyDialog(() =>
  import("./rename-factor-dialog").then((module) => module.RenameFactorDialog),
);

const KINDS: Record<Factor["kind"], string> = { totp: "Authenticator app", passkey: "Passkey" };

type Props = { factor: Factor; isLast: boolean; /** Why it can't be removed. */ kept: string | undefined };

export function FactorItem({ factor, isLast, kept }: Props) {
  const [rename, remove] = [useDialog(), useDialog()];
  const { name, kind, created_at, last_used_at } = factor;
  const off = kept !== undefined && { "aria-disabled": true, "aria-describedby": "factor-kept" };
  const of = <span className="sr-only"> {plainStored(name)}</span>;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1.5 px-4 py-2.5">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">
          <StoredText>{name}</StoredText>
        </p>
        <p className="text-ink-muted flex flex-wrap gap-x-3 text-sm">
          <span>{KINDS[kind]}</span>
          <span>
            Added <RelativeTime time={created_at} />
          </span>
          {last_used_at && (
            <span>
              Used <RelativeTime time={last_used_at} />
            </span>
          )}
        </p>
      </div>
      <div className="flex gap-2">
        <Button {...rename.opener} size="sm">
          Rename{of}
        </Button>
        <Button {...remove.opener} size="sm" {...off}>
          Remove{of}
        </Button>
      </div>
      <RenameDialog key={name} {...rename.props} factor={factor} />
      <RemoveDialog {...remove.props} {...{ factor, isLast }} />
    </li>
  );
}
