"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CommandKey } from "@/components/ui/command-key";
import { Kbd } from "@/components/ui/kbd";
import { switchShortcuts, useShortcutSetting } from "@/lib/client/shortcut-setting";

const KEYS: { key: string; isCommand?: true; does: string }[] = [
  { key: "/", does: "Go to the look-up box" },
  { key: "K", isCommand: true, does: "Find a page, a view or a command" },
  { key: "j", does: "Next row, or next run of the list" },
  { key: "k", does: "Previous row, or previous run" },
  { key: "Enter", does: "Open the row" },
  { key: "x", does: "Select the row" },
  { key: "Shift j", does: "Select this and the next row; Shift k: the previous" },
  { key: "c", does: "Cancel the run on screen, or the selected runs" },
  { key: "?", does: "Show these keys" },
];

/** The shortcuts, and whether single-key shortcuts are on. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const isOn = useShortcutSetting();
  const setting = useRef<HTMLInputElement>(null);
  useEffect(() => setting.current?.focus(), []);
  return (
    <>
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
          ref={setting}
          type="checkbox"
          checked={isOn}
          onChange={(event) => switchShortcuts(event.target.checked)}
          className="mt-0.5 size-4 shrink-0"
        />
        <span>
          Single-key shortcuts
          <span className="text-ink-muted block text-sm">
            Saved in this browser. Enter, and Ctrl or ⌘ with K, always work.
          </span>
        </span>
      </label>
      <div className="mt-4 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  );
}
