"use client";

import { Dialog } from "@base-ui/react/dialog";
import { buttonStyle } from "@/components/ui/button-style";
import { Kbd } from "@/components/ui/kbd";
import { POPUP } from "@/components/ui/popup-style";
import { useShortcut } from "@/components/ui/use-shortcut";
import { switchShortcuts, useShortcutSetting } from "@/lib/client/shortcut-setting";
import { setKeySheet, showKeySheet, useKeySheet } from "./key-sheet-state";

const KEYS = [
  { key: "/", does: "Go to the look-up box" },
  { key: "j", does: "Next row" },
  { key: "k", does: "Previous row" },
  { key: "Enter", does: "Open the row" },
  { key: "c", does: "Cancel the run on screen" },
  { key: "?", does: "Show these keys" },
];

export function KeySheet() {
  const isOpen = useKeySheet();
  const isOn = useShortcutSetting();
  useShortcut("?", showKeySheet);

  return (
    <Dialog.Root open={isOpen} onOpenChange={setKeySheet}>
      <Dialog.Portal>
        <Dialog.Backdrop className="bg-backdrop fixed inset-0 z-40" />
        <Dialog.Popup
          className={`${POPUP} fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[min(22rem,calc(100vw-2rem))] -translate-1/2 overflow-auto p-5`}
        >
          <Dialog.Title className="text-md font-semibold">Keyboard shortcuts</Dialog.Title>
          <dl className="mt-3 divide-y">
            {KEYS.map(({ key, does }) => (
              <div key={key} className="flex h-9 items-center justify-between">
                <dt>{does}</dt>
                <dd>
                  <Kbd>{key}</Kbd>
                </dd>
              </div>
            ))}
          </dl>
          <label className="bg-sunken mt-3 flex items-start gap-2.5 rounded p-3">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(event) => switchShortcuts(event.target.checked)}
              className="mt-0.5 size-4 shrink-0"
            />
            <span>
              Single-key shortcuts
              <span className="text-ink-muted block text-sm">
                Kept in this browser. Enter works either way.
              </span>
            </span>
          </label>
          <div className="mt-4 flex justify-end">
            <Dialog.Close className={buttonStyle("secondary")}>Close</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
