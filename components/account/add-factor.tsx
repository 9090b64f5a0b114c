"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";

const TotpDialog = lazyDialog(() => import("./totp-dialog").then((module) => module.TotpDialog));
const PasskeyDialog = lazyDialog(() => import("./passkey-dialog").then((module) => module.PasskeyDialog));
const RecoveryCodesDialog = lazyDialog(() =>
  import("./recovery-codes-dialog").then((module) => module.RecoveryCodesDialog),
);

type Props = {
  hasCodes: boolean;
  arePasskeysPossible: boolean;
  /** The page is about nothing else. */
  isLeading?: boolean;
  /** A factor was added, and the recovery codes were seen to. */
  onDone?: () => void;
};

/** The buttons that add a second factor; with the first one, recovery codes. */
export function AddFactor({ hasCodes, arePasskeysPossible, isLeading = false, onDone }: Props) {
  const [app, passkey, codes] = [useDialog(), useDialog(), useDialog()];
  const goOn = () => (hasCodes ? onDone?.() : codes.open());
  const codesProps = {
    ...codes.props,
    onClose: () => {
      codes.props.onClose();
      onDone?.();
    },
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button {...app.opener} {...(isLeading && { variant: "primary", className: "grow" })}>
        Add an authenticator app
      </Button>
      {arePasskeysPossible && (
        <Button {...passkey.opener} {...(isLeading && { className: "grow" })}>
          Add a passkey
        </Button>
      )}
      <TotpDialog {...app.props} onDone={goOn} />
      <PasskeyDialog {...passkey.props} onDone={goOn} />
      <RecoveryCodesDialog {...codesProps} button={app.opener.ref} hasCodes={hasCodes} />
    </div>
  );
}
