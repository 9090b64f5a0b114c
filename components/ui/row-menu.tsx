"use client";

import { type KeyboardEvent, type MouseEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { readPress } from "./keys";
import { enter, placeBeside } from "./popup";
import { POPUP } from "./popup-style";

type Props = { label: string; anchor: HTMLElement; onClose: () => void; children: ReactNode };

const WIDTH = 216;
const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** A row's menu (WAI-ARIA menu): arrows move, Escape closes and returns the focus to its button. */
export function RowMenu({ label, anchor, onClose, children }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = menu.current!;
    placeBeside(element, anchor, WIDTH);
    element.showPopover({ source: anchor });
    enter(element);
  }, [anchor]);

  const move = (event: KeyboardEvent) => {
    const press = readPress(event);
    const items = [...menu.current!.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const step = STEPS[press?.key ?? ""];
    if (press?.key === "Tab") menu.current!.hidePopover();
    if (!step) return;
    event.preventDefault();
    items[step(items.indexOf(document.activeElement as HTMLElement), items.length)]?.focus();
  };
  const choose = (event: MouseEvent) => {
    const item = (event.target as Element).closest("[role=menuitem]");
    if (item && item.getAttribute("aria-disabled") !== "true") menu.current!.hidePopover();
  };
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- its items are links and buttons
    <div
      ref={menu}
      popover="auto"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={move}
      onClick={choose}
      onToggle={(event) => event.newState === "closed" && onClose()}
      className={`${POPUP} fixed inset-auto overflow-y-auto p-1.5`}
    >
      {children}
    </div>
  );
}
