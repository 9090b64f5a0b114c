"use client";

import { useState } from "react";
import { pageOwner } from "./signed-in-as";

/** Texts in progress in this tab; they survive a reload and a new sign-in. */
const PREFIX = "runflow.draft.";

type Draft = { owner: string; text: string };

/** @param name the subject with its id, such as `cancel:<run id>` */
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
    // Without storage, the text is lost with the page.
  }
}

/**
 * Removes every draft except this person's, so that a shared computer leaks nothing. Without an id, removes
 * all.
 */
export function dropDrafts(exceptOf?: string): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      if (!exceptOf || ownerOf(key) !== exceptOf) sessionStorage.removeItem(key);
    }
  } catch {
    // Nothing was stored either.
  }
}

/** @returns undefined for an unreadable draft, which belongs to nobody */
function ownerOf(key: string): string | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? "null") as Draft | null)?.owner;
  } catch {
    return undefined;
  }
}

/**
 * A text that outlives its dialog, its page and its writer's session. Set it to "" once it is submitted. Must
 * not be part of the server's render, which has no drafts.
 */
export function useDraft(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => (typeof window === "undefined" ? "" : readDraft(name)));
  const set = (next: string) => {
    setText(next);
    keepDraft(name, next);
  };
  return [text, set];
}
