"use client";

import { useSyncExternalStore } from "react";
import { Kbd } from "./kbd";

const CELL = "[grid-area:1/1]";
const isApple = (): boolean => /^(Mac|iP)/.test(navigator.platform);
const never = () => () => {};

/** A shortcut with the platform's command key. Only the browser knows which; the width doesn't change. */
export function CommandKey({ letter }: { letter: string }) {
  const hasCommand = useSyncExternalStore(never, isApple, () => false);
  const withControl = `Ctrl ${letter}`;
  return (
    <Kbd>
      {hasCommand ? (
        <span className="grid justify-items-center">
          <span aria-hidden className={`${CELL} invisible`}>
            {withControl}
          </span>
          <span className={CELL}>⌘{letter}</span>
        </span>
      ) : (
        withControl
      )}
    </Kbd>
  );
}
