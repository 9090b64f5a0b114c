"use client";

import { useEffect, useRef } from "react";
import { POPUP } from "./popup-style";

type Props = { text: string; what: string; onPutAway: () => void };

/** Selects a text that the page could not copy, on top of everything, including an open dialog. */
export function CopyByHand({ text, what, onPutAway }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    popup.current?.showPopover();
    field.current?.focus();
    field.current?.select();
  }, [text]);
  return (
    <div
      ref={popup}
      popover="auto"
      role="dialog"
      aria-label={`Copy ${what} by hand`}
      onToggle={(event) => event.newState === "closed" && onPutAway()}
      className={`${POPUP} fixed inset-auto inset-x-4 bottom-4 mx-auto w-96 max-w-[calc(100vw-2rem)] p-3 text-left whitespace-normal`}
    >
      <p role="alert">
        The browser did not let the page copy the {what}. It is selected: press Ctrl+C or ⌘C.
      </p>
      <textarea
        ref={field}
        readOnly
        rows={3}
        value={text}
        aria-label={what}
        className="mono bg-sunken mt-2 w-full resize-y rounded border px-2 py-1"
      />
    </div>
  );
}
