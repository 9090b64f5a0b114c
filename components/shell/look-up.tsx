"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ClipboardEvent, type FormEvent, useEffect, useRef, useTransition } from "react";
import { cx } from "@/components/ui/class-names";
import { inputStyle } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Spinner } from "@/components/ui/spinner";
import { useShortcut } from "@/components/ui/use-shortcut";
import { paths } from "@/lib/client/paths";
import { PASTED_MAX } from "@/lib/contract/text/pasted-max";

/** Phones show only its icon until it has the focus. */
const AS_ICON =
  "max-sm:not-focus:cursor-pointer max-sm:not-focus:border-transparent max-sm:not-focus:bg-transparent max-sm:not-focus:p-0 max-sm:not-focus:text-transparent max-sm:not-focus:placeholder:opacity-0";

/** The parser for pasted text loads when the box is used: a first visit doesn't need it. */
const loadReader = () => import("@/lib/contract/text/pasted");

/** The look-up box on every page: an ID goes straight to its run; the server looks up anything else. */
export function LookUp() {
  const input = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const [isPending, startTransition] = useTransition();

  useShortcut("/", () => {
    input.current?.focus();
    input.current?.select();
  });

  const refuse = (why: string) => {
    input.current?.setCustomValidity(why);
    input.current?.reportValidity();
  };
  const open = (path: string) => startTransition(() => router.push(path));

  const go = async (text: string) => {
    const reader = await loadReader().catch(() => undefined);
    // Without the parser, the server still reads the text.
    if (!reader) return open(paths.lookUp(text.slice(0, PASTED_MAX)));
    const id = reader.readId(text);
    const short = id ?? reader.shorten(text);
    if (short === undefined) refuse(reader.TOO_LONG);
    else if (short) open(id ? paths.run(id) : paths.lookUp(short));
  };

  // The text stays in the box until its page loads. The page then takes the focus, so that its shortcuts
  // work.
  const wasPending = useRef(false);
  useEffect(() => {
    const box = input.current;
    if (wasPending.current && !isPending && box) {
      box.value = "";
      if (box === document.activeElement) document.getElementById("main")?.focus({ preventScroll: true });
    }
    wasPending.current = isPending;
  }, [isPending]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void go(input.current?.value ?? "");
  };

  /** A pasted ID needs no Enter, even within a sentence or a link. */
  const paste = async (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    const isLong = text.length > PASTED_MAX;
    if (isLong) event.preventDefault();
    const reader = await loadReader().catch(() => undefined);
    const hasId = reader?.containsId(text) ?? false;
    if (hasId && isLong && input.current) input.current.value = reader?.shorten(text) ?? "";
    if (hasId || isLong) await go(text);
  };

  return (
    <form
      role="search"
      action={paths.runs()}
      onSubmit={submit}
      className="relative w-full max-sm:not-focus-within:w-8 sm:max-w-72"
    >
      <span className="text-ink-faint max-sm:text-ink-muted pointer-events-none absolute inset-y-0 left-2.5 flex items-center">
        {isPending ? <Spinner /> : <Search aria-hidden className="size-3.5" />}
      </span>
      <input
        ref={input}
        name="look"
        type="search"
        aria-label="Look up a run, customer or ticket"
        title="Run ID, request ID, client ref, ticket, customer, email, key prefix or expression"
        placeholder="Run, customer, ticket, key…"
        autoComplete="off"
        spellCheck={false}
        onFocus={() => void loadReader().catch(() => undefined)}
        onPaste={(event) => void paste(event)}
        onInput={() => input.current?.setCustomValidity("")}
        className={inputStyle(cx("bg-canvas h-8 pr-9 pl-8 text-ellipsis", AS_ICON), true)}
      />
      <span className="pointer-events-none absolute inset-y-0 right-1.5 flex items-center max-sm:hidden">
        <Kbd>/</Kbd>
      </span>
      <span role="status" className="sr-only">
        {isPending && "Looking up…"}
      </span>
    </form>
  );
}
