"use client";

import { useEffect } from "react";
import { latePart } from "@/components/ui/late-part";
import { dropDrafts } from "@/lib/client/drafts";
import { pageOwner } from "@/lib/client/signed-in-as";
import { useWatchedBatches } from "@/lib/client/watched-batches";
import { LeftWorkNotice } from "./left-work-notice";
import { NewVersionNotice } from "./new-version-notice";
import { OfflineNotice } from "./offline-notice";
import { SessionEndNotice } from "./session-end-notice";
import { StepUp } from "./step-up";
import { useActivityReport } from "./use-activity-report";
import { useNavScroll } from "./use-nav-scroll";

/** Loaded only for people who follow a bulk cancellation. */
const BatchNotices = latePart(() =>
  import("@/components/cancellation-batches/batch-notices").then((module) => module.BatchNotices),
);

/** Page-wide notices, above the content, and other work that can wait until after the first paint. */
export function PageNotices() {
  const watched = useWatchedBatches();
  // Drops drafts that another person typed in this browser.
  useEffect(() => dropDrafts(pageOwner()), []);
  useActivityReport();
  useNavScroll();
  return (
    <>
      <SessionEndNotice />
      <OfflineNotice />
      <NewVersionNotice />
      <LeftWorkNotice />
      <StepUp />
      {watched.length > 0 && <BatchNotices ids={watched} />}
    </>
  );
}
