"use client";

import { useState } from "react";
import { pageOwner } from "./signed-in-as";

/** Texts that a person was writing, in this tab: a reload or a new sign-in must not cost them. */
const PREFIX = "runflow.draft.";

type Draft = { owner: string; text: string };

/** @param name what it is about, with its id, such as `cancel:<run id>` */
export function readDraft(name: string): string {
  try {
    const draft = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "null") as Draft | null;
    return draft && draft.owner === pageOwner() ? draft.text : "";
  } catch {
    return "";
  }
}

function keepDraft(name: string, text: string): void {
  const owner = pageOwner();
  try {
    if (text === "" || !owner) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify({ owner, text } satisfies Draft));
  } catch {
    // A browser that keeps nothing loses the text with the page.
  }
}

/** Removes the drafts of everybody but this person; without one, all: a shared computer tells nobody what was typed. */
export function dropDrafts(exceptOf?: string): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      if (!exceptOf || ownerOf(key) !== exceptOf) sessionStorage.removeItem(key);
    }
  } catch {
    // Nothing could be kept either.
  }
}

/** @returns undefined for a draft that can't be read, which is nobody's */
function ownerOf(key: string): string | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? "null") as Draft | null)?.owner;
  } catch {
    return undefined;
  }
}

/**
 * A text that outlives its dialog, its page and the session of its writer. Set to "" once what it was for is done.
 * It must not be part of what the server renders, which knows no drafts.
 */
export function useDraft(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => (typeof window === "undefined" ? "" : readDraft(name)));
  const set = (next: string) => {
    setText(next);
    keepDraft(name, next);
  };
  return [text, set];
}
