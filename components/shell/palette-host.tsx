"use client";

import { Command } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { CommandKey } from "@/components/ui/command-key";
import { Dialog } from "@/components/ui/dialog";
import { lazyWithRetry } from "@/components/ui/lazy-with-retry";
import { Spinner } from "@/components/ui/spinner";
import { createOpenState } from "./open-state";

const { show, hide, useIsOpen } = createOpenState();

const load = () => import("@/components/palette/palette");

/** Ahead of the opening, whose own try is the one that counts. */
const prepare = (): void => void load().catch(() => undefined);

/** Loaded when it is about to be opened: no page waits for it. */
const Palette = dynamic(() => lazyWithRetry(load).then((module) => module.Palette), {
  ssr: false,
  loading: () => (
    <p role="status" className="flex h-12 items-center gap-2 px-4">
      <Spinner /> Loading…
    </p>
  ),
});

/** The way to everything by its name, on every page: Ctrl or ⌘ with K, whatever has the focus, or a button. */
export function PaletteHost() {
  const isOpen = useIsOpen();

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === "Control" || event.key === "Meta") prepare();
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      if (event.shiftKey || event.altKey || event.isComposing) return;
      event.preventDefault();
      // What a dialog asks comes first.
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
        className={buttonStyle("ghost", "md", "max-sm:px-2")}
      >
        <Command aria-hidden className="size-3.5 sm:hidden" />
        <span className="max-sm:sr-only">Commands</span>
        <span className="max-sm:hidden">
          <CommandKey letter="K" />
        </span>
      </button>
      <Dialog
        labelledBy="palette-title"
        isOpen={isOpen}
        onClose={hide}
        className="mt-[12dvh]! w-[36rem] overflow-hidden!"
      >
        <h2 id="palette-title" className="sr-only">
          Commands
        </h2>
        <Palette onClose={hide} />
      </Dialog>
    </>
  );
}
