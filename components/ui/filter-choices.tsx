"use client";

import { Fragment, type ReactNode, useId, useState } from "react";
import { plainStored } from "@/lib/client/bidi";
import { foldText } from "@/lib/contract/text/fold";
import { inputStyle } from "./field";
import { MENU_ITEM } from "./popup-style";
import { StoredText } from "./stored-text";

export type FilterOption = {
  value: string;
  label: string;
  icon?: ReactNode;
  /** A heading above its first option. */ group?: string;
};

export type FilterMenuProps = {
  label: string;
  options: readonly FilterOption[];
  selected: readonly string[];
  /** At most one choice; otherwise any number. */
  isSingle?: boolean;
  onChange: (selected: string[]) => void;
};

/** Longer lists get a search box. */
const SEARCHABLE = 8;

/** A filter's options. */
export function FilterChoices({ label, options, selected, isSingle, onChange }: Required<FilterMenuProps>) {
  const [search, setSearch] = useState("");
  const group = useId();
  const wanted = foldText(search);
  const shown = options.filter((option) => foldText(option.label).includes(wanted));
  const toggle = (value: string, isOn: boolean) => {
    if (isSingle) return onChange(isOn ? [value] : []);
    onChange(isOn ? [...selected, value] : selected.filter((other) => other !== value));
  };
  return (
    <>
      {options.length > SEARCHABLE && (
        <input
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className={inputStyle("mb-1 h-8", true)}
        />
      )}
      <fieldset className="min-w-0">
        <legend className="sr-only">{label}</legend>
        {shown.map(({ value, label: text, icon, group: heading }, index) => (
          <Fragment key={value}>
            {heading && heading !== shown[index - 1]?.group && (
              <p className="text-ink-muted px-2 pt-2 pb-0.5 text-xs font-medium">{heading}</p>
            )}
            <label className={MENU_ITEM}>
              <input
                type={isSingle ? "radio" : "checkbox"}
                name={group}
                checked={selected.includes(value)}
                onChange={(event) => toggle(value, event.target.checked)}
                className="size-3.5 shrink-0 focus-visible:outline-offset-1"
              />
              {icon}
              <span className="min-w-0 truncate" title={plainStored(text)}>
                <StoredText>{text}</StoredText>
              </span>
            </label>
          </Fragment>
        ))}
        {shown.length === 0 && <p className="text-ink-muted px-2 py-1.5">No matches.</p>}
      </fieldset>
    </>
  );
}
