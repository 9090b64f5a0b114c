"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { StoredText } from "@/components/ui/stored-text";
import type { NewApiKey } from "@/lib/contract/keys";

type Props = {
  made: NewApiKey;
  /** Double click: the second click must not press "I have kept it". */
  isSettling: boolean;
  onKept: () => void;
};

/** A key that was just made. Whoever leaves before they have said that they kept it is asked by the browser. */
export function KeyShownOnce({ made, isSettling, onKept }: Props) {
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    confirm.current?.focus();
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
  return (
    <>
      <div className="grid gap-3 px-5 py-4">
        <h2 id="new-key-title" className="text-lg font-semibold">
          The new key
        </h2>
        <p id="key-shown" className="text-ink-muted">
          This is the only time that{" "}
          <span className="text-ink">
            <StoredText>{made.name}</StoredText>
          </span>{" "}
          is shown.{" "}
          {made.kind === "inference"
            ? "Hand it to the customer by a safe way before you close this."
            : "Put it where its script reads it before you close this."}{" "}
          If it is lost, revoke it and make another one.
        </p>
        <div className="bg-sunken flex items-center justify-between gap-2 rounded px-3 py-2">
          <code data-testid="key" className="mono min-w-0 wrap-anywhere">
            {made.key}
          </code>
          <CopyButton text={made.key} what="key" />
        </div>
      </div>
      <div className="flex justify-end border-t px-5 py-3 max-sm:*:flex-1">
        <Button ref={confirm} variant="primary" isBusy={isSettling} onClick={onKept}>
          I have kept it
        </Button>
      </div>
    </>
  );
}
