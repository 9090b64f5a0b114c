"use client";

import { Eye, EyeOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { formatClock } from "@/lib/client/format-time";
import { SECRET_ENDS, type SecretEnd } from "@/lib/client/secret-ends";
import { useSecretEnd } from "@/lib/client/use-secret-end";
import { useRevealEnd } from "./use-reveal-end";

type Props = {
  /** The end of this person's reveal. */
  until: string;
  /** The remaining time by the server's clock, when the page was rendered. */
  leftMs: number;
  children: ReactNode;
};

/** Revealed payloads. They leave the page when the time is up or the person leaves. */
export function RevealedPayloads({ until, leftMs, children }: Props) {
  const router = useRouter();
  const [gone, setGone] = useState<{ until: string; why: SecretEnd | "over" }>();
  // Resets the state for a new reveal.
  const why = gone?.until === until ? gone.why : undefined;
  useSecretEnd(why === undefined, (because) => setGone({ until, why: because }));
  useRevealEnd(why === undefined ? until : null, leftMs, (isSure) => {
    if (isSure) setGone({ until, why: "over" });
    router.refresh();
  });
  const showAgain = () => {
    setGone(undefined);
    router.refresh();
  };
  const Icon = why ? EyeOff : Eye;
  return (
    <>
      <div className="bg-surface flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border px-4 py-2">
        <p role="status" className="flex min-h-7 min-w-0 items-center gap-2">
          <Icon aria-hidden className="text-ink-muted size-4 shrink-0" />
          <span>
            {why
              ? `Payloads are no longer shown: ${why === "over" ? "the time is up" : SECRET_ENDS[why]}.`
              : `Payloads are revealed to you until ${formatClock(until).slice(0, 8)} UTC.`}
          </span>
        </p>
        {why && why !== "over" && (
          <Button size="sm" onClick={showAgain}>
            Show again
          </Button>
        )}
      </div>
      {!why && children}
    </>
  );
}
