"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import type { Customer } from "@/lib/client/organizations";
import { paths } from "@/lib/client/paths";

const WebhookDialog = lazyDialog(() => import("./webhook-dialog").then((module) => module.WebhookDialog));

type Props = { /** Preselected, if any. */ customer: Customer | undefined };

/** Opens the form for a new webhook, then goes to its page. */
export function NewWebhook({ customer }: Props) {
  const router = useRouter();
  const dialog = useDialog();
  return (
    <>
      <Button {...dialog.opener} variant="primary">
        New webhook
      </Button>
      <WebhookDialog
        {...dialog.props}
        customer={customer}
        onDone={({ id }) => router.push(paths.webhook(id))}
      />
    </>
  );
}
