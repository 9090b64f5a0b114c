"use client";

import { useEffect } from "react";
import { dropDrafts } from "@/lib/client/drafts";

/** Whoever is signed in finds only what they typed themselves. */
export function KeepOwnDrafts({ personId }: { personId: string }) {
  useEffect(() => dropDrafts(personId), [personId]);
  return null;
}
