"use client";

import { useActionState, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { RequestFailure } from "@/components/ui/request-failure";
import { StoredText } from "@/components/ui/stored-text";
import { claimKey } from "@/lib/client/keys";
import { forgetLinkToken, readLinkToken, useLinkToken } from "@/lib/client/use-link-token";
import type { ClaimedApiKey } from "@/lib/contract/keys";

type Attempt = { failure?: Error; claimed?: ClaimedApiKey };

/** Claims a key with its link, and shows it once. */
export function ClaimKeyForm() {
  const token = useLinkToken();
  const claim = async (): Promise<Attempt> => {
    try {
      const claimed = await claimKey({ token: readLinkToken() });
      forgetLinkToken();
      return { claimed };
    } catch (error) {
      return { failure: error as Error };
    }
  };
  // An action: React replays an action that is submitted before hydration.
  const [{ claimed, failure }, submit, isBusy] = useActionState(claim, {});
  if (claimed) return <Claimed claimed={claimed} />;
  if (token === "") {
    return (
      <Notice tone="danger" role="alert">
        This link is incomplete: the part after # is missing. Open it exactly as you received it, or ask for a
        new one.
      </Notice>
    );
  }
  return (
    <form action={submit} onSubmit={(event) => isBusy && event.preventDefault()} className="grid gap-4">
      {failure && !isBusy && <RequestFailure error={failure} />}
      <p>Have your password manager or secret store ready: the link works only once.</p>
      <Button type="submit" variant="primary" isBusy={isBusy}>
        {isBusy ? "Making the key…" : "Show the key"}
      </Button>
    </form>
  );
}

/** The browser warns before the page is left with the key unsaved. */
function Claimed({ claimed: { name, organization, key } }: { claimed: ClaimedApiKey }) {
  const [isKept, setIsKept] = useState(false);
  useEffect(() => {
    if (isKept) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isKept]);
  if (isKept) {
    return (
      <Notice tone="success" role="status">
        The key works now. You can close this page.
      </Notice>
    );
  }
  return (
    <div role="status" className="grid gap-4">
      <p className="wrap-anywhere">
        The key <StoredText className="font-medium">{name}</StoredText> of{" "}
        <StoredText className="font-medium">{organization}</StoredText>. Save it now: it can’t be shown again.
      </p>
      <div className="bg-sunken flex items-center justify-between gap-2 rounded px-3 py-2">
        <code data-testid="key" className="mono min-w-0 break-all">
          {key}
        </code>
        <CopyButton text={key} what="key" />
      </div>
      <Button variant="primary" onClick={() => setIsKept(true)}>
        I’ve saved the key
      </Button>
    </div>
  );
}
