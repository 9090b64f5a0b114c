"use client";

import { type FormEvent, useId, useRef } from "react";
import { FieldError, inputStyle } from "./field";

type Props = {
  label: string;
  value: string;
  error: string | undefined;
  className: string;
  onSubmit: (text: string) => void;
};

/** A text filter, applied with Enter. */
export function SearchBox({ label, value, error, className, onSubmit }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(input.current?.value.trim() ?? "");
  };
  return (
    <form onSubmit={submit} className={className}>
      <input
        ref={input}
        // When the URL changes elsewhere, the box shows the new value.
        key={value}
        type="search"
        defaultValue={value}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        placeholder={label}
        autoComplete="off"
        enterKeyHint="search"
        className={inputStyle("h-7", true)}
      />
      <FieldError id={id} error={error} />
    </form>
  );
}
