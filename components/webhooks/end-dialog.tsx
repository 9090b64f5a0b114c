"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RequestFailure } from "@/components/shell/request-failure";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import { useChange } from "@/lib/client/use-change";
import { deleteWebhook, updateWebhook } from "@/lib/client/webhooks";
import type { Webhook } from "@/lib/contract/webhooks";

type Props = {
  how: "disable" | "delete";
  webhook: Webhook;
  customer: string;
  isOpen: boolean;
  onClose: () => void;
};

const WORDS = {
  disable: {
    title: "Disable this webhook?",
    confirm: "Disable webhook",
    effect:
      "It hears nothing of what ends from now on, until it is enabled again. What is on its way still arrives.",
  },
  delete: {
    title: "Delete this webhook?",
    confirm: "Delete webhook",
    effect: "It can’t be brought back. What is on its way still arrives, and its deliveries stay to be read.",
  },
};

/** Asks before a webhook hears nothing more. */
export function EndDialog({ how, webhook, customer, isOpen, onClose }: Props) {
  const router = useRouter();
  const { title, confirm, effect } = WORDS[how];
  const end = useChange(
    () => (how === "delete" ? deleteWebhook(webhook.id) : updateWebhook(webhook.id, { is_enabled: false })),
    () => {
      onClose();
      if (how === "delete") router.push(paths.webhooks());
    },
  );
  return (
    <ConfirmDialog
      id={`${how}-webhook`}
      title={title}
      confirm={confirm}
      keep="Keep webhook"
      isDangerous={how === "delete"}
      isOpen={isOpen}
      isBusy={end.isPending}
      failure={end.error && <RequestFailure error={end.error} isRepeatable={how === "disable"} />}
      onConfirm={() => end.mutate(undefined)}
      onClose={onClose}
    >
      <p>
        <span className="mono text-ink wrap-anywhere">{webhook.url}</span> of{" "}
        <span className="text-ink">
          <StoredText>{customer}</StoredText>
        </span>
      </p>
      <p>{effect}</p>
    </ConfirmDialog>
  );
}
