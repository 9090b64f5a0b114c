"use client";

import { LeftWorkNotice } from "./left-work-notice";
import { NewVersionNotice } from "./new-version-notice";
import { OfflineNotice } from "./offline-notice";
import { SessionEndNotice } from "./session-end-notice";

/** What is said about the page as a whole, above it. */
export function PageNotices() {
  return (
    <>
      <SessionEndNotice />
      <OfflineNotice />
      <NewVersionNotice />
      <LeftWorkNotice />
    </>
  );
}
