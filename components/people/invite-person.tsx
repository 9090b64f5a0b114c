"use client";

import type { Org } from "@/components/reach/reach-choice";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";

const InviteDialog = lazyDialog(() => import("./invite-dialog").then((module) => module.InviteDialog));

type Props = { orgs: readonly Org[]; mayReachAll: boolean };

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
