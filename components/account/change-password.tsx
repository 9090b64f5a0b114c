"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";

const ChangePasswordDialog = lazyDialog(() =>
  import("./change-password-dialog").then((module) => module.ChangePasswordDialog),
);

/** How the person signs in. */
export function ChangePassword({ email }: { email: string }) {
  const dialog = useDialog();
  const [isChanged, setChanged] = useState(false);
  return (
    <Panel
      id="password"
      title="Password"
      aside={
        <Button {...dialog.opener} size="sm">
          Change password
        </Button>
      }
    >
      <div className="grid gap-3 px-4 py-2.5">
        {isChanged && (
          <Notice tone="success" role="status">
            Password changed. Your other sessions have ended.
          </Notice>
        )}
        <p className="text-ink-muted">Forgot it? Ask an admin for a link to set a new one.</p>
      </div>
      <ChangePasswordDialog {...dialog.props} email={email} onDone={() => setChanged(true)} />
    </Panel>
  );
}
