"use client";

import { Button } from "@/components/ui/button";
import { latePart } from "@/components/ui/late-part";
import { Notice } from "@/components/ui/notice";
import { putLeftWorkAway, useLeftWork } from "@/lib/client/left-work";

/** Loaded when something failed, which is seldom. */
const RequestFailure = latePart(() => import("./request-failure").then((module) => module.RequestFailure));

/** What became of a request whose dialog was left because it took long. */
export function LeftWorkNotice() {
  const { isUnderWay, ended } = useLeftWork();
  return (
    <div role="status" className="mx-4 my-3 empty:hidden lg:mx-6">
      {isUnderWay && <Notice tone="info">What you left is still under way. Its end is told here.</Notice>}
      {ended && (
        <div className="grid justify-items-start gap-1.5">
          {ended.error ? (
            <>
              <p className="font-medium">
                What you left under way did not go through as far as this page knows.
              </p>
              <RequestFailure error={ended.error} />
            </>
          ) : (
            <Notice tone="success">What you left under way is done.</Notice>
          )}
          <Button size="sm" onClick={putLeftWorkAway}>
            Dismiss
          </Button>
        </div>
      )}
    </div>
  );
}
