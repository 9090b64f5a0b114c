"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { StoredText } from "@/components/ui/stored-text";
import { startProviderSignIn } from "@/lib/client/provider-sign-in";
import { describeProviderFailure } from "./sign-in-failures";

export type Provider = { id: string; name: string };
type Props = {
  providers: readonly Provider[];
  next: string;
  /** Why the previous sign-in failed, as the URL says. */
  failed: { failure: string; name: string } | undefined;
};

/** One button for each identity provider. */
export function ProviderButtons({ providers, next, failed }: Props) {
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState(failed);
  useEffect(() => {
    // Back from the provider, the browser may show this page as it was left.
    const wake = () => setBusy(undefined);
    window.addEventListener("pageshow", wake);
    return () => window.removeEventListener("pageshow", wake);
  }, []);
  const start = async ({ id, name }: Provider) => {
    if (busy !== undefined) return;
    setProblem(undefined);
    setBusy(id);
    const failure = await startProviderSignIn(id, next);
    if (failure === undefined) return;
    setBusy(undefined);
    setProblem({ failure, name });
  };
  return (
    <div className="grid gap-3">
      {problem && (
        <Notice tone="danger" role="alert">
          {describeProviderFailure(problem.failure, problem.name)}
        </Notice>
      )}
      {providers.map((provider, index) => (
        <Button
          key={provider.id}
          variant={index === 0 ? "primary" : "secondary"}
          isBusy={busy === provider.id}
          autoFocus={index === 0}
          onClick={() => void start(provider)}
          className="h-auto min-h-8 whitespace-normal"
        >
          <span>
            Continue with <StoredText>{provider.name}</StoredText>
          </span>
        </Button>
      ))}
    </div>
  );
}
