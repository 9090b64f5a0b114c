"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { paths } from "@/lib/client/paths";

const WebhookDialog = lazyDialog(() => import("./webhook-dialog").then((module) => module.WebhookDialog));

type Props = { orgs: readonly { id: string; name: string }[] };

/** Opens the form for a new webhook; its page follows. */
export function NewWebhook({ orgs }: Props) {
  const router = useRouter();
  const dialog = useDialog();
  return (
    <>
      <Button {...dialog.opener} variant="primary">
        New webhook
      </Button>
      <WebhookDialog {...dialog.props} orgs={orgs} onDone={({ id }) => router.push(paths.webhook(id))} />
    </>
  );
}
