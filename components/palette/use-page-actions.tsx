"use client";

import { CornerDownLeft, Link2 } from "lucide-react";
import { useState } from "react";
import type { PaletteItem } from "./palette-item";

type Props = { onClose: () => void; onCopyLink: () => void };

/** What can be done on the page at hand: its buttons that have a `data-command`, and copying its link. */
export function usePageActions({ onClose, onCopyLink }: Props): PaletteItem[] {
  // As the page was when the palette opened; what lies behind a modal dialog can't be pressed meanwhile.
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
