"use client";

import { type FormEvent, useRef } from "react";
import { inputStyle } from "@/components/ui/field";

type Props = { label: string; value: string; className: string; onSubmit: (text: string) => void };

/** A text to filter by, taken with Enter. */
export function SearchBox({ label, value, className, onSubmit }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(input.current?.value.trim() ?? "");
  };
  return (
    <form onSubmit={submit} className={className}>
      <input
        ref={input}
        // What the address says comes back into the box when it changes from elsewhere.
        key={value}
        type="search"
        defaultValue={value}
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        enterKeyHint="search"
        className={inputStyle("h-7", true)}
      />
    </form>
  );
}
