"use client";

import {
  type ReactNode,
  type RefObject,
  type ToggleEvent,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { POPUP } from "./popup-style";

type Props = {
  label: string;
  /** In CSS pixels; needed to place the popup before it shows. */
  width: number;
  /** The button's content. */
  button: ReactNode;
  buttonClassName: string;
  /** For a caller that returns the focus to the button later. */
  trigger?: RefObject<HTMLButtonElement | null>;
  /** The ID of the choice's error message, if any. */
  errorId?: string;
  children: ReactNode;
};

/** From the edge of the screen, and from the button. */
const MARGIN = 8;
const GAP = 6;

/**
 * A small popup next to its button, as a native popover: it is in the top layer, closes with Escape or an
 * outside press, and returns the focus.
 */
export function Popup({ label, width, button, buttonClassName, errorId, children, ...props }: Props) {
  const id = useId();
  const ownTrigger = useRef<HTMLButtonElement>(null);
  const trigger = props.trigger ?? ownTrigger;
  const popup = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);

  const place = () => placeBeside(popup.current!, trigger.current!, width);
  const prepare = (event: ToggleEvent) => {
    if (event.newState !== "open") return;
    // The browser must have its content and place when it shows the popup.
    flushSync(() => setOpen(true));
    place();
  };
  const settle = (event: ToggleEvent) => {
    setOpen(event.newState === "open");
    if (event.newState === "open") enter(popup.current);
  };

  const catchUp = useEffectEvent(() => {
    if (!popup.current?.matches(":popover-open")) return;
    place();
    flushSync(() => setOpen(true));
    enter(popup.current);
  });
  // A press before hydration opens the native popover without an event for React.
  useEffect(() => {
    // Only one request per commit.
    queueMicrotask(() => catchUp());
  }, []);

  const placeAgain = useEffectEvent(place);
  useEffect(() => {
    if (!isOpen) return;
    const follow = () => placeAgain();
    window.addEventListener("scroll", follow, { passive: true });
    window.addEventListener("resize", follow);
    return () => {
      window.removeEventListener("scroll", follow);
      window.removeEventListener("resize", follow);
    };
  }, [isOpen]);

  return (
    <>
      <button
        ref={trigger}
        type="button"
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-describedby={errorId}
        className={buttonClassName}
      >
        {button}
      </button>
      <div
        ref={popup}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        tabIndex={-1}
        onBeforeToggle={prepare}
        onToggle={settle}
        className={`${POPUP} fixed inset-auto overflow-y-auto p-1.5`}
      >
        {isOpen && children}
      </div>
    </>
  );
}

/** Below the button, or above it in the lower half of the screen; never beyond the screen. */
export function placeBeside({ style }: HTMLElement, button: Element, width: number): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const below = innerHeight - bottom;
  const isBelow = below >= top;
  style.width = px(width);
  style.left = px(Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN)));
  style.top = isBelow ? px(bottom + GAP) : "";
  style.bottom = isBelow ? "" : px(innerHeight - top + GAP);
  style.maxHeight = px((isBelow ? below : top) - GAP - MARGIN);
}

const px = (length: number): string => `${length}px`;

/** Moves the focus into the popup as soon as it has content, which may load on opening. */
export function enter(popup: HTMLElement | null): void {
  if (!popup || focusFirst(popup)) return;
  const observer = new MutationObserver(() => {
    if (!popup.matches(":popover-open") || focusFirst(popup)) observer.disconnect();
  });
  observer.observe(popup, { childList: true, subtree: true });
}

/** Focuses the first control, or the chosen one of a radio group. */
function focusFirst(popup: HTMLElement): boolean {
  const first = popup.querySelector<HTMLElement>("input, button, select, textarea, a[href]");
  const chosen =
    first?.matches("[type=radio]") && popup.querySelector<HTMLElement>("input[type=radio]:checked");
  (chosen || first)?.focus();
  return Boolean(first);
}
