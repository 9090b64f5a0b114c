"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";

const ProtectDialog = lazyDialog(() => import("./protect-dialog").then((module) => module.ProtectDialog));

export function ProtectCustomer() {
  const dialog = useDialog();
  return (
    <>
      <Button {...dialog.opener} size="sm">
        Protect a customer…
      </Button>
      <ProtectDialog {...dialog.props} />
    </>
  );
}
