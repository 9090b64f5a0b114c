"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { ApiKey } from "@/lib/contract/keys";

const KeyLinkDialog = lazyDialog(() => import("./key-link-dialog").then((module) => module.KeyLinkDialog));

/** Makes a new link for a key that its owner hasn't claimed. */
export function KeyLink({ of: key }: { of: ApiKey }) {
  const dialog = useDialog();
  return (
    <>
      <Button {...dialog.opener}>New link</Button>
      <KeyLinkDialog {...dialog.props} of={key} />
    </>
  );
}
