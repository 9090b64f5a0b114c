"use client";

import { useSyncExternalStore } from "react";
import { Notice } from "@/components/ui/notice";

function follow(listener: () => void): () => void {
  for (const type of ["online", "offline"]) window.addEventListener(type, listener);
  return () => {
    for (const type of ["online", "offline"]) window.removeEventListener(type, listener);
  };
}

/** Explains why pages don't load or update. */
export function OfflineNotice() {
  const isOnline = useSyncExternalStore(
    follow,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status" className="mx-4 my-3 empty:hidden lg:mx-6">
      {!isOnline && (
        <Notice tone="warn">You are offline. Pages and updates will load when the connection is back.</Notice>
      )}
    </div>
  );
}
