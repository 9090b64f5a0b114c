"use client";

import { useEffect } from "react";
import { rememberList } from "@/lib/client/run-list";

/** Remembers the list, so that a run's page can link to the next and previous run. */
export function RememberList({ ids }: { ids: string[] }) {
  useEffect(() => rememberList({ href: `${location.pathname}${location.search}`, ids }), [ids]);
  return null;
}
