"use client";

import { useEffect } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { CommandKey } from "@/components/ui/command-key";
import { readPress } from "@/components/ui/keys";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { Spinner } from "@/components/ui/spinner";
import { createOpenState } from "./open-state";

const { show, hide, useIsOpen } = createOpenState();

const load = () => import("@/components/palette/palette-dialog").then((module) => module.PaletteDialog);

/** Preloads only; opening retries and reports errors. */
const prepare = (): void => void load().catch(() => undefined);

/** Loaded shortly before it opens: no page waits for it. */
const PaletteDialog = lazyDialog(
  load,
  <p role="status" className="floating bg-surface shadow-popup flex items-center gap-2 rounded-lg px-4 py-2">
    <Spinner /> Loading…
  </p>,
);

/** The command palette, on every page: opens with Ctrl+K or ⌘K or, except on phones, with a button. */
export function PaletteHost() {
  const isOpen = useIsOpen();

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const press = readPress(event);
      if (press?.key === "Control" || press?.key === "Meta") prepare();
      if (press?.key !== "k" || !press.isCommand) return;
      event.preventDefault();
      if (press.isRepeat) return;
      // An open dialog comes first.
      if (!document.querySelector("dialog[open]")) show();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        title="Pages, views and commands"
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={show}
        className={buttonStyle("ghost", "md", "text-ink-muted max-sm:hidden")}
      >
        Commands <CommandKey letter="K" />
      </button>
      <div className="absolute top-full right-4 mt-1 max-w-sm empty:hidden lg:right-6">
        <PaletteDialog isOpen={isOpen} onClose={hide} />
      </div>
    </>
  );
}
