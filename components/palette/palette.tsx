"use client";

import { useEffect, useRef, useState } from "react";
import { cx } from "@/components/ui/class-names";
import { SpokenStatus } from "@/components/ui/spoken-status";
import { StoredText } from "@/components/ui/stored-text";
import { useOptions } from "@/components/ui/use-options";
import { copyText } from "@/components/ui/copy-text";
import { leave } from "@/lib/client/sign-out";
import { shorten } from "@/lib/contract/text/pasted";
import { PASTED_MAX } from "@/lib/contract/text/pasted-max";
import { groupItems, matches, type PaletteItem } from "./palette-item";
import { useCommands } from "./use-commands";
import { useFoundRuns } from "./use-found-runs";
import { usePageActions } from "./use-page-actions";

/** The command palette: pages, views, actions, and runs by anything that the look-up box accepts. */
export function Palette({ onClose }: { onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [notice, setNotice] = useState("");
  useEffect(() => field.current?.focus(), []);

  const signOut = async () => {
    setNotice("Signing out…");
    if (!(await leave())) setNotice("You are still signed in: the session could not be ended. Try again.");
  };
  const commands = useCommands({ onClose, onSignOut: () => void signOut() });
  const copyLink = async () => {
    const isCopied = field.current && (await copyText(location.href, field.current));
    setNotice(isCopied ? "Link copied." : "The link couldn’t be copied: the browser doesn’t allow it.");
  };
  const actions = usePageActions({ onClose, onCopyLink: () => void copyLink() });
  const found = useFoundRuns(typed, onClose);
  // Runs come last: late results must not move the item that Enter would choose.
  const known = [...actions, ...commands].toSorted((a, b) => placeOf(a) - placeOf(b));
  const items = [...known.filter(({ label }) => matches(label, typed)), ...found.items];
  const options = useOptions({
    count: items.length,
    isFirstActive: true,
    onChoose: (index) => items[index]?.choose(),
  });
  const status = notice || found.problem || (found.isLooking ? "Searching…" : "");

  return (
    <div className="grid max-h-[70dvh] grid-rows-[auto_minmax(0,1fr)_auto]">
      <input
        ref={field}
        {...options.fieldProps}
        aria-label="Find a page, a view, a run or a command"
        placeholder="Page, view, command or run"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setNotice("");
          options.reset();
        }}
        onPaste={(event) => {
          const text = event.clipboardData.getData("text");
          if (text.length <= PASTED_MAX) return;
          event.preventDefault();
          // Longer than the limit, so that the message still says that it is too long.
          setTyped(shorten(text) ?? text.slice(0, PASTED_MAX + 1));
        }}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="bg-surface text-md h-12 w-full border-b px-4 outline-none"
      />
      <div id={options.listId} role="listbox" aria-label="Results" className="overflow-y-auto p-1.5">
        {groupItems(items).map(([group, members]) => (
          <div key={group} role="group" aria-label={group}>
            <div role="presentation" aria-hidden className="text-ink-muted px-2.5 pt-1.5 pb-1 text-sm">
              {group}
            </div>
            {members.map(({ item, index }) => (
              <Option key={item.key} item={item} props={options.optionProps(index)} />
            ))}
          </div>
        ))}
      </div>
      <p
        aria-hidden
        className={cx(
          "border-t px-4 py-2 text-sm empty:hidden",
          found.problem ? "text-danger" : "text-ink-muted",
        )}
      >
        {status}
      </p>
      <SpokenStatus text={status || (items.length === 1 ? "1 result" : `${items.length} results`)} />
    </div>
  );
}

/** The groups shown before anything is typed. */
const GROUPS = ["This page", "Pages", "Views", "Actions"];
const placeOf = ({ group }: PaletteItem): number => GROUPS.indexOf(group);

type OptionProps = { item: PaletteItem; props: ReturnType<ReturnType<typeof useOptions>["optionProps"]> };

function Option({ item: { label, shown, detail, icon }, props }: OptionProps) {
  return (
    <div
      {...props}
      className={cx(
        "aria-selected:bg-hover aria-selected:outline-accent flex min-h-9 cursor-pointer items-center gap-x-2.5 rounded px-2.5 aria-selected:outline-2 aria-selected:-outline-offset-2",
        Boolean(shown) && "max-sm:flex-wrap max-sm:py-1.5",
      )}
    >
      <span className="text-ink-muted shrink-0">{icon}</span>
      <span className={shown ? "shrink-0" : "min-w-0 truncate"}>
        {shown ?? <StoredText>{label}</StoredText>}
      </span>
      {detail && (
        // On a phone an ID fills the line, so this goes on a new one.
        <span
          className={cx(
            "text-ink-muted ml-auto min-w-0 truncate text-sm",
            Boolean(shown) && "max-sm:ml-6.5 max-sm:basis-full",
          )}
        >
          {typeof detail === "string" ? <StoredText>{detail}</StoredText> : detail}
        </span>
      )}
    </div>
  );
}
