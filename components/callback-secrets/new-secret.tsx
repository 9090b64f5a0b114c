"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";

const NewSecretDialog = lazyDialog(() =>
  import("./new-secret-dialog").then((module) => module.NewSecretDialog),
);

type Props = { orgId: string; customer: string; isFirst: boolean };

export function NewSecret(props: Props) {
  const dialog = useDialog();
  return (
    <>
      <Button {...dialog.opener} size="sm" variant={props.isFirst ? "primary" : "secondary"}>
        New secret
      </Button>
      <NewSecretDialog {...dialog.props} {...props} />
    </>
  );
}
