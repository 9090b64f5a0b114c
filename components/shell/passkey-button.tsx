"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { tryPasskey } from "@/lib/client/sign-in";

/** Signs in with a passkey, without a password. */
export function PasskeyButton({ next }: { next: string }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const press = async () => {
    setBusy(true);
    setProblem(undefined);
    const failure = await tryPasskey();
    if (failure === undefined) return window.location.assign(next);
    setProblem(failure);
    setBusy(false);
  };
  return (
    <div className="mt-4 grid gap-3">
      <Button isBusy={isBusy} onClick={() => void press()}>
        Sign in with a passkey
      </Button>
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
    </div>
  );
}
