"use client";

import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { createKeyLink } from "@/lib/client/keys";
import { useChange } from "@/lib/client/use-change";
import type { ApiKey } from "@/lib/contract/keys";
import { showLink } from "./show-link";

/** Replaces the link of a pending key, and shows the new one once. */
export function KeyLinkDialog({ of: key, ...dialog }: DialogProps & { of: ApiKey }) {
  const renew = useChange(() => createKeyLink(key.id));
  return (
    <SecretDialog
      {...dialog}
      role="alertdialog"
      what="link"
      making={renew}
      shown={showLink}
      kept="I’ve sent the link"
      lost="create a new one; the old link then stops working."
    >
      <DialogForm
        title="Create a new link?"
        text={
          <p>
            <StoredText className="text-ink">{key.owner.name}</StoredText> gets the key with it. Any earlier
            link stops working.
          </p>
        }
        submit="Create link"
        submitting="Creating…"
        isHarmless
        isBusy={renew.isPending}
        failure={renew.error}
        onSubmit={() => renew.mutate(undefined)}
      />
    </SecretDialog>
  );
}
