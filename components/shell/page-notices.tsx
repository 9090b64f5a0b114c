"use client";

import { useEffect } from "react";
import { dropDrafts } from "@/lib/client/drafts";
import { pageOwner } from "@/lib/client/signed-in-as";
import { LeftWorkNotice } from "./left-work-notice";
import { NewVersionNotice } from "./new-version-notice";
import { OfflineNotice } from "./offline-notice";
import { SessionEndNotice } from "./session-end-notice";

/** Page-wide notices, above the content. */
export function PageNotices() {
  // Drops drafts that another person typed in this browser.
  useEffect(() => dropDrafts(pageOwner()), []);
  return (
    <>
      <SessionEndNotice />
      <OfflineNotice />
      <NewVersionNotice />
      <LeftWorkNotice />
    </>
  );
}
