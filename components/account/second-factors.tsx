"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { Factors } from "@/lib/contract/factors";
import { AddFactor } from "./add-factor";
import { FactorItem } from "./factor-item";

const RecoveryCodesDialog = lazyDialog(() =>
  import("./recovery-codes-dialog").then((module) => module.RecoveryCodesDialog),
);

type Props = { factors: Factors; arePasskeysPossible: boolean };

/** What the person proves besides their password. */
export function SecondFactors({ factors, arePasskeysPossible }: Props) {
  const { items, recovery_codes_left: left, is_required } = factors;
  const codes = useDialog();
  const isLast = items.length === 1;
  const kept =
    isLast && is_required ? "You need a second factor. Add another one to remove this one." : undefined;
  return (
    <Panel id="factors" title="Second factor">
      {items.length > 0 && (
        <ul aria-labelledby="factors" className="divide-y border-b">
          {items.map((factor) => (
            <FactorItem key={factor.id} {...{ factor, isLast, kept }} />
          ))}
        </ul>
      )}
      <div className="grid gap-3 px-4 py-2.5">
        {kept && (
          <p id="factor-kept" className="text-ink-muted text-sm">
            {kept}
          </p>
        )}
        {items.length === 0 && (
          <p className="text-ink-muted">
            None. With one, your password alone doesn’t sign anyone in: you also use your phone, a security
            key or this device.
          </p>
        )}
        {items.length > 0 && left <= 3 && (
          <Notice tone="warn">
            {left === 0 ? "You have no recovery codes." : `You have ${left} recovery codes left.`} Without
            your factor, only an admin could let you in again.
          </Notice>
        )}
        {items.length > 0 && (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <Button {...codes.opener}>{left > 0 ? "Replace recovery codes" : "Create recovery codes"}</Button>
            {left > 0 && <span className="text-ink-muted text-sm">{left} left</span>}
          </p>
        )}
        <AddFactor hasCodes={left > 0} arePasskeysPossible={arePasskeysPossible} />
      </div>
      <RecoveryCodesDialog {...codes.props} hasCodes={left > 0} />
    </Panel>
  );
}
