"use client";

import { useEffect } from "react";
import { rememberList } from "@/lib/client/run-list";

/** Keeps what a list shows and where it is, so that the page of a run leads on to the next one and back. */
export function RememberList({ ids }: { ids: string[] }) {
  useEffect(() => rememberList({ href: `${location.pathname}${location.search}`, ids }), [ids]);
  return null;
}
