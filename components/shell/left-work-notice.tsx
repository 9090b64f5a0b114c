"use client";

import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";
import { Notice } from "@/components/ui/notice";
import { putLeftWorkAway, useLeftWork } from "@/lib/client/left-work";

/** Loaded only after a failure, which is rare. */
const RequestFailure = latePart(() =>
  import("@/components/ui/request-failure").then((module) => module.RequestFailure),
);

/** The outcome of a slow request whose dialog was closed. */
export function LeftWorkNotice() {
  const { isUnderWay, ended } = useLeftWork();
  return (
    <div role="status" className="mx-4 my-3 empty:hidden lg:mx-6">
      {isUnderWay && (
        <Notice tone="info">The request you left is still running. The result will appear here.</Notice>
      )}
      {ended && (
        <div className="grid justify-items-start gap-1.5">
          {ended.error ? (
            <>
              <p className="font-medium">The request you left may not have gone through.</p>
              <RequestFailure error={ended.error} />
            </>
          ) : (
            <Notice tone="success">The request you left is done.</Notice>
          )}
          <Button size="sm" onClick={putLeftWorkAway}>
            Dismiss
          </Button>
        </div>
      )}
    </div>
  );
}
