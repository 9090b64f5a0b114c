"use client";

import { Check, ClipboardCopy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyOutcome } from "@/components/ui/copy-outcome";
import { useCopy } from "@/components/ui/use-copy";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import type { ApiKey, KeyActivity } from "@/lib/contract/keys";

type Props = {
  of: Pick<ApiKey, "id" | "name" | "prefix">;
  reach: string;
  live: KeyActivity["live_runs"];
  /** The path of the prepared cancellation. */
  cancel: string;
};

/** Hands the prepared work to someone who may do it: the key, and the cancellation of its live runs. */
export function CopyForAdmin({ of: key, reach, live, cancel }: Props) {
  const { copy, result, putAway } = useCopy();
  const Icon = result?.isCopied ? Check : ClipboardCopy;
  const write = () => {
    const lines = [
      `Key ${plainStored(key.name)} (${key.prefix}…) for ${reach}: ${location.origin}${paths.key(key.id)}`,
      ...(live.count > 0 ? [`Cancel its live runs: ${location.origin}${cancel}`] : []),
    ];
    return lines.join("\n");
  };
  return (
    <>
      <Button onClick={(event) => copy(write(), event.currentTarget)}>
        <Icon aria-hidden className="size-3.5" />
        Copy link for an admin
      </Button>
      <CopyOutcome result={result} what="link for an admin" onPutAway={putAway} />
    </>
  );
}
