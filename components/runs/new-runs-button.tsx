"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { NEW_RUNS_LIMIT } from "@/lib/client/runs";

/** A busy list would talk all the time; a listener hears of it at most this often. */
const ANNOUNCE_EVERY_MS = 30_000;

/** Announces runs that came meanwhile; they appear only when they are asked for, never under the cursor. */
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
