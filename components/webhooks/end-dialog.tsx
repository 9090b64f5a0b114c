"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { DialogProps } from "@/components/ui/dialog-state";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import { useChange } from "@/lib/client/use-change";
import { deleteWebhook, updateWebhook } from "@/lib/client/webhooks";
import type { Webhook } from "@/lib/contract/webhooks";

type Props = DialogProps & { how: "disable" | "delete"; webhook: Webhook; customer: string };

const WORDS = {
  disable: {
    title: "Disable this webhook?",
    confirm: "Disable webhook",
    effect: "New events won’t be sent until you enable it. Queued deliveries still go out.",
  },
  delete: {
    title: "Delete this webhook?",
    confirm: "Delete webhook",
    effect: "This can’t be undone. Queued deliveries still go out, and its past deliveries stay readable.",
  },
};

/** Confirms that a webhook will be disabled or deleted. */
export function EndDialog({ how, webhook, customer, ...dialog }: Props) {
  const router = useRouter();
  const { title, confirm, effect } = WORDS[how];
  const end = useChange(
    () => (how === "delete" ? deleteWebhook(webhook.id) : updateWebhook(webhook.id, { is_enabled: false })),
    () => {
      dialog.onClose();
      if (how === "delete") router.push(paths.webhooks());
    },
  );
  return (
    <ConfirmDialog
      {...dialog}
      {...{ title, confirm }}
      keep="Keep webhook"
      isDangerous={how === "delete"}
      isBusy={end.isPending}
      failure={end.error}
      isRepeatable={how === "disable"}
      onConfirm={() => end.mutate(undefined)}
    >
      <p>
        <span className="mono text-ink wrap-anywhere">{webhook.url}</span> of{" "}
        <StoredText className="text-ink">{customer}</StoredText>
      </p>
      <p>{effect}</p>
    </ConfirmDialog>
  );
}
