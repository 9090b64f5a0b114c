"use client";

import { useEffect } from "react";
import { dropDrafts } from "@/lib/client/drafts";
import { pageOwner } from "@/lib/client/signed-in-as";
import { LeftWorkNotice } from "./left-work-notice";
import { NewVersionNotice } from "./new-version-notice";
import { OfflineNotice } from "./offline-notice";
import { SessionEndNotice } from "./session-end-notice";

/** What is said about the page as a whole, above it. */
export function PageNotices() {
  // Whoever is signed in finds only what they typed themselves.
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
