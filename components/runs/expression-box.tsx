"use client";

import { type FormEvent, useRef } from "react";
import { FieldError, inputStyle } from "@/components/ui/field";

type Props = { value: string; error: string | undefined; onSubmit: (expression: string) => void };

/** The API's own filter language, for what the chips can't say; what is wrong with it stands right below. */
export function ExpressionBox({ value, error, onSubmit }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(input.current?.value.trim() ?? "");
  };
  return (
    <form onSubmit={submit} className="grid min-w-60 flex-1 gap-1">
      <input
        ref={input}
        id="expression"
        name="q"
        defaultValue={value}
        aria-label="Filter expression"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? "expression-error" : undefined}
        placeholder="status_code:running AND cost>0.5"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className={inputStyle("mono h-7", true)}
      />
      <FieldError id="expression" error={error} />
    </form>
  );
}
