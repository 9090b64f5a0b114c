"use client";

import { Button } from "@/components/ui/button";
import { CommandKey } from "@/components/ui/command-key";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useShortcut } from "@/components/ui/use-shortcut";
import { switchShortcuts, useShortcutSetting } from "@/lib/client/shortcut-setting";
import { hideKeySheet, showKeySheet, useKeySheet } from "./key-sheet-state";

const KEYS: { key: string; isCommand?: true; does: string }[] = [
  { key: "/", does: "Go to the look-up box" },
  { key: "K", isCommand: true, does: "Find a page, a view or a command" },
  { key: "j", does: "Next row, or next run of the list" },
  { key: "k", does: "Previous row, or previous run" },
  { key: "Enter", does: "Open the row" },
  { key: "c", does: "Cancel the run on screen" },
  { key: "?", does: "Show these keys" },
];

export function KeySheet() {
  const isOpen = useKeySheet();
  const isOn = useShortcutSetting();
  useShortcut("?", showKeySheet);

  return (
    <Dialog labelledBy="key-sheet" isOpen={isOpen} onClose={hideKeySheet} className="w-[22rem]">
      <div className="p-5">
        <h2 id="key-sheet" className="text-md font-semibold">
          Keyboard shortcuts
        </h2>
        <dl className="mt-3 divide-y">
          {KEYS.map(({ key, isCommand, does }) => (
            <div key={key} className="flex h-9 items-center justify-between">
              <dt>{does}</dt>
              <dd>{isCommand ? <CommandKey letter={key} /> : <Kbd>{key}</Kbd>}</dd>
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
              Kept in this browser. Enter, and Ctrl or ⌘ with K, work either way.
            </span>
          </span>
        </label>
        <div className="mt-4 flex justify-end">
          <Button onClick={hideKeySheet}>Close</Button>
        </div>
      </div>
    </Dialog>
  );
}
