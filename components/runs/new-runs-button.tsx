"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { NEW_RUNS_LIMIT } from "@/lib/client/runs";

/** The least time between announcements: on a busy list, a screen reader would talk all the time. */
const ANNOUNCE_EVERY_MS = 30_000;

/** Announces new runs. They appear only on request, never under the cursor. */
export function NewRunsButton({ count, onShow }: { count: number; onShow: () => void }) {
  const words = `${count >= NEW_RUNS_LIMIT ? `${NEW_RUNS_LIMIT}+` : count} new ${count === 1 ? "run" : "runs"}`;
  const announcement = useAnnouncement(count > 0 ? words : "");
  return (
    <>
      {count > 0 && (
        <Button variant="accent-quiet" size="sm" onClick={onShow}>
          Show {words}
        </Button>
      )}
      <span role="status" className="sr-only">
        {announcement}
      </span>
    </>
  );
}

function useAnnouncement(text: string): string {
  const [said, setSaid] = useState("");
  const saidAt = useRef(-ANNOUNCE_EVERY_MS);
  useEffect(() => {
    const waitMs = text === "" ? 0 : Math.max(0, saidAt.current + ANNOUNCE_EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      if (text) saidAt.current = performance.now();
      setSaid(text);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [text]);
  return said;
}
