"use client";

import { useState } from "react";
import { StepUp } from "@/components/shell/step-up";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { leave } from "@/lib/client/sign-out";
import { AddFactor } from "./add-factor";

type Props = { /** A path of this console. */ next: string; arePasskeysPossible: boolean };

/** For a person who must set up a second factor before anything else. */
export function RequiredFactor({ next, arePasskeysPossible }: Props) {
  const [hasFailed, setFailed] = useState(false);
  return (
    <div className="grid gap-4">
      <AddFactor
        hasCodes={false}
        isLeading
        arePasskeysPossible={arePasskeysPossible}
        onDone={() => window.location.assign(next)}
      />
      {hasFailed && (
        <Notice tone="danger" role="alert">
          You are still signed in: the session could not be ended. Try again.
        </Notice>
      )}
      <Button variant="ghost" onClick={async () => setFailed(!(await leave()))}>
        Sign out
      </Button>
      <StepUp />
    </div>
  );
}
