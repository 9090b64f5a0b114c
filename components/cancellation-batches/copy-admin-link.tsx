"use client";

import { Check, Link2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ButtonSize } from "@/components/ui/button-style";
import { CopyOutcome } from "@/components/ui/copy-outcome";
import { useCopy } from "@/components/ui/use-copy";

type Props = { /** The path of the draft. */ path: string; size?: ButtonSize };

/** For people who may prepare a bulk cancellation but not start it. */
export function CopyAdminLink({ path, size = "md" }: Props) {
  const { copy, result, putAway } = useCopy();
  const Icon = result?.isCopied ? Check : Link2;
  return (
    <>
      <Button size={size} onClick={(event) => copy(`${location.origin}${path}`, event.currentTarget)}>
        <Icon aria-hidden className="size-3.5" />
        Copy link for an admin
      </Button>
      <CopyOutcome result={result} what="link" onPutAway={putAway} />
    </>
  );
}
