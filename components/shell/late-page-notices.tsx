"use client";

import { type ComponentType, useEffect, useState } from "react";

/**
 * The page's notices, loaded right after the first paint rather than on demand: later, the network or this
 * build's scripts may be gone.
 */
export function LatePageNotices() {
  const [Notices, setNotices] = useState<ComponentType>();
  useEffect(() => {
    const load = async () => {
      const { PageNotices } = await import("./page-notices");
      setNotices(() => PageNotices);
    };
    load().catch(() => undefined);
  }, []);
  return Notices ? <Notices /> : null;
}
