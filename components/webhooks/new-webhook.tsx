"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";
import { paths } from "@/lib/client/paths";

/** Loaded when it is opened: most people come to read. */
const WebhookDialog = latePart(() => import("./webhook-dialog").then((module) => module.WebhookDialog));

type Props = { orgs: readonly { id: string; name: string }[] };

/** The way to a new webhook, and then to its page. */
export function NewWebhook({ orgs }: Props) {
  const router = useRouter();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  return (
    <>
      <Button
        ref={button}
        variant="primary"
        onClick={() => {
          setLoaded(true);
          setOpen(true);
        }}
      >
        New webhook
      </Button>
      {isLoaded && (
        <WebhookDialog
          orgs={orgs}
          isOpen={isOpen}
          button={button}
          onClose={() => setOpen(false)}
          onDone={({ id }) => router.push(paths.webhook(id))}
        />
      )}
    </>
  );
}
