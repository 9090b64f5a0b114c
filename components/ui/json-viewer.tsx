"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button } from "./button";
import { cx } from "./class-names";
import { inputStyle } from "./field";
import { readPress } from "./keys";
import { findLines, type JsonLine, splitJson, unfoldedLines, unfoldTo } from "./json-lines";
import { Found, MarkedLine } from "./marked-line";
import { SpokenStatus } from "./spoken-status";

type Props = { label: string; text: string };

/** Longer texts aren't highlighted: it costs more than it helps. */
const MARKED_LENGTH = 30_000;
/** Shorter texts fit without scrolling. */
const SEARCHABLE_LINES = 16;

/**
 * JSON as it was written, foldable and searchable. The text is never reparsed, so numbers keep their digits.
 */
export function JsonViewer({ label, text }: Props) {
  const lines = splitJson(text);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [wanted, setWanted] = useState("");
  const [current, setCurrent] = useState(0);
  const region = useRef<HTMLDivElement>(null);
  const found = findLines(lines, wanted);
  const here = found[current % Math.max(found.length, 1)];

  const show = (line: number | undefined) => {
    if (line === undefined) return;
    setFolded(unfoldTo(lines, folded, line));
    requestAnimationFrame(() =>
      region.current?.querySelector(`[data-line="${line}"]`)?.scrollIntoView({ block: "nearest" }),
    );
  };
  const search = (next: string) => {
    setWanted(next);
    setCurrent(0);
    show(findLines(lines, next)[0]);
  };
  const step = (by: 1 | -1) => {
    if (found.length === 0) return;
    const next = (current + by + found.length) % found.length;
    setCurrent(next);
    show(found[next]);
  };
  const toggle = (line: number) => {
    const next = new Set(folded);
    if (!next.delete(line)) next.add(line);
    setFolded(next);
  };

  return (
    <>
      {lines.length > SEARCHABLE_LINES && (
        <SearchLine {...{ label, wanted, onSearch: search, onStep: step }}>
          {wanted &&
            (found.length === 0 ? "Not found" : `${(current % found.length) + 1} of ${found.length}`)}
        </SearchLine>
      )}
      {/* A scrollable region must be reachable by keyboard. */}
      <div
        ref={region}
        tabIndex={0}
        role="region"
        aria-label={`${label} as JSON`}
        className="mono bg-sunken max-h-[26rem] overflow-auto py-2 pr-4 pl-1 focus-visible:-outline-offset-2"
      >
        {unfoldedLines(lines, folded).map((index) => (
          <Line
            key={index}
            index={index}
            line={lines[index]!}
            isFolded={folded.has(index)}
            wanted={wanted}
            isMarked={text.length <= MARKED_LENGTH}
            isHere={index === here}
            onToggle={() => toggle(index)}
          />
        ))}
      </div>
    </>
  );
}

type SearchProps = {
  label: string;
  wanted: string;
  onSearch: (text: string) => void;
  onStep: (by: 1 | -1) => void;
  children: string;
};

function SearchLine({ label, wanted, onSearch, onStep, children }: SearchProps) {
  const press = (event: KeyboardEvent) => {
    const pressed = readPress(event);
    if (pressed?.key !== "Enter") return;
    event.preventDefault();
    onStep(pressed.isShift ? -1 : 1);
  };
  return (
    <div className="flex items-center gap-2 border-b px-4 py-1.5">
      <input
        type="search"
        aria-label={`Search ${label.toLowerCase()}`}
        placeholder="Search"
        value={wanted}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={press}
        className={inputStyle("h-7 max-w-64", true)}
      />
      <span aria-hidden className="text-ink-muted text-sm whitespace-nowrap tabular-nums">
        {children}
      </span>
      <SpokenStatus text={children} />
      <Button size="sm" variant="ghost" mayRepeat aria-disabled={wanted === ""} onClick={() => onStep(1)}>
        Next
      </Button>
    </div>
  );
}

type LineProps = {
  index: number;
  line: JsonLine;
  isFolded: boolean;
  wanted: string;
  isMarked: boolean;
  isHere: boolean;
  onToggle: () => void;
};

function Line({ index, line, isFolded, wanted, isMarked, isHere, onToggle }: LineProps) {
  const indent = line.text.length - line.text.trimStart().length;
  const text = line.text.trimStart();
  const Icon = isFolded ? ChevronRight : ChevronDown;
  return (
    <div data-line={index} className={cx("flex leading-6", isHere && "bg-accent-tint")}>
      {line.closesAt === undefined ? (
        <span className="w-6 shrink-0" />
      ) : (
        <button
          type="button"
          aria-expanded={!isFolded}
          aria-label={`Fold ${text.replace(/[[{]$/, "").replace(/:\s*$/, "") || `line ${index + 1}`}`}
          onClick={onToggle}
          className="text-ink-muted hover:text-ink grid size-6 shrink-0 place-items-center rounded-sm"
        >
          <Icon aria-hidden className="size-3" />
        </button>
      )}
      {/* Beside the text, so that a wrapped line keeps it. Selected, it would be copied as another line. */}
      <span aria-hidden className="shrink-0 whitespace-pre select-none">
        {line.text.slice(0, indent)}
      </span>
      <code className="min-w-0 font-[inherit] wrap-anywhere whitespace-pre-wrap">
        {isMarked ? <MarkedLine text={text} wanted={wanted} /> : <Found text={text} wanted={wanted} />}
        {isFolded && <span className="text-ink-muted"> … {closing(text)}</span>}
      </code>
    </div>
  );
}

const closing = (text: string): string => (text.endsWith("[") ? "]" : "}");
