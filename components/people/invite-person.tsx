"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { Customer } from "@/lib/client/organizations";

const InviteDialog = lazyDialog(() => import("./invite-dialog").then((module) => module.InviteDialog));

type Props = {
  only: Customer | undefined;
  mayReachAll: boolean;
  /** Whether the link goes to the person's mailbox. */
  isMailed: boolean;
};

export function InvitePerson(props: Props) {
  const dialog = useDialog();
  return (
    <>
      <Button {...dialog.opener} variant="primary">
        Invite person
      </Button>
      <InviteDialog {...dialog.props} {...props} />
    </>
  );
}
