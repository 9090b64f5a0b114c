"use client";

import { CornerDownLeft, Link2 } from "lucide-react";
import { useState } from "react";
import type { PaletteItem } from "./palette-item";

type Props = { onClose: () => void; onCopyLink: () => void };

/** The actions of the current page: its buttons with a `data-command`, and copying its link. */
export function usePageActions({ onClose, onCopyLink }: Props): PaletteItem[] {
  // As of when the palette opened: behind a modal dialog, the page's buttons can't be pressed.
  const [buttons] = useState(findButtons);
  const press = (button: HTMLElement) => () => {
    onClose();
    button.click();
  };
  return [
    ...buttons.map((button) => ({
      key: `command ${button.dataset["command"]}`,
      group: "This page",
      label: button.dataset["command"]!,
      icon: <CornerDownLeft aria-hidden className="size-4" />,
      choose: press(button),
    })),
    {
      key: "copy-link",
      group: "Actions",
      label: "Copy link to this page",
      icon: <Link2 aria-hidden className="size-4" />,
      choose: onCopyLink,
    },
  ];
}

const findButtons = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>("main [data-command]:not(:disabled, [aria-disabled=true])"),
];
