"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { FieldError, inputStyle } from "@/components/ui/field";
import { readPress } from "@/components/ui/keys";
import { useOptions } from "@/components/ui/use-options";
import { customersOptions } from "@/lib/client/organizations";
import type { KnownValues, Suggestion } from "./complete-expression";
import { ErrorPlace } from "./error-place";
import { ExpressionHelp } from "./expression-help";
import { SuggestionList } from "./suggestion-list";

/** An expression's error, and its position in the typed text, starting at 0. */
export type ExpressionError = { sentence: string; at: number | undefined };

type Complete = (text: string, caret: number, known: KnownValues) => Suggestion[];

type Props = {
  value: string;
  error: ExpressionError | undefined;
  /** Fields and values to complete. */
  known: KnownValues;
  onSubmit: (expression: string) => void;
};

/** Customers are searched on the server, by the name that is being typed as a value of `org_id`. */
const CUSTOMER = /\borg_id(?:\.(?:eq|ne))?\s*[:=]\s*["']?([^"'()<>=:]{0,200})$/;

/** The API's filter language, for filters beyond the chips; shows an error right below its position. */
export function ExpressionBox({ value, error, known, onSubmit }: Props) {
  const input = useRef<HTMLInputElement>(null);
  /** The text and caret that the suggestions are for; null if there are none. */
  const [typed, setTyped] = useState<{ text: string; caret: number } | null>(null);
  const [complete, setComplete] = useState<Complete>();
  const customer = typed && CUSTOMER.exec(typed.text.slice(0, typed.caret))?.[1];
  const { data: found } = useQuery({ ...customersOptions(customer ?? ""), enabled: customer != null });
  const orgs = found?.customers.map(({ id, name }) => ({ value: id, label: name }));
  const all = orgs ? { ...known, org_id: orgs } : known;
  const suggestions = typed && complete ? complete(typed.text, typed.caret, all) : [];
  const options = useOptions({ count: suggestions.length, isFirstActive: false, onChoose: choose });

  // A new address updates the box; text typed before hydration stays.
  const shown = useRef(value);
  useEffect(() => {
    if (shown.current === value || !input.current) return;
    shown.current = value;
    input.current.value = value;
  }, [value]);
  useEffect(() => {
    if (error?.at !== undefined && document.activeElement === input.current) {
      input.current?.setSelectionRange(error.at, error.at);
    }
  }, [error]);

  /** Loaded on first typing; offline, people type without completion. */
  function loadCompletion(): void {
    import("./complete-expression").then(
      ({ completeExpression }) => setComplete(() => completeExpression),
      () => setComplete(undefined),
    );
  }
  function suggest(): void {
    const { value: text = "", selectionStart } = input.current ?? {};
    setTyped({ text, caret: selectionStart ?? text.length });
    options.reset();
  }
  function choose(index: number): void {
    const { insert, from, to, isOpen } = suggestions[index]!;
    const field = input.current!;
    field.setRangeText(insert, from, to, "end");
    field.focus();
    if (isOpen) suggest();
    else setTyped(null);
  }
  const press = (event: KeyboardEvent) => {
    options.fieldProps.onKeyDown(event);
    const key = readPress(event)?.key;
    if (event.defaultPrevented || !key) return;
    if (key === "Escape" && suggestions.length > 0) event.preventDefault();
    if (key === "ArrowDown") suggest();
    else if (["Escape", "ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) setTyped(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTyped(null);
    onSubmit(input.current?.value.trim() ?? "");
  };
  const tryOut = (example: string) => {
    input.current!.value = example;
    input.current!.focus();
  };

  return (
    <div className="flex min-w-0 flex-1 items-start gap-1">
      <form onSubmit={submit} className="relative grid min-w-0 flex-1 gap-1">
        <input
          ref={input}
          {...options.fieldProps}
          id="expression"
          name="q"
          defaultValue={value}
          onFocus={loadCompletion}
          onKeyDown={press}
          onInput={suggest}
          onBlur={() => setTyped(null)}
          aria-label="Filter expression"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? "expression-error" : undefined}
          placeholder="Filter with an expression, for example: status_code:failed AND cost>0.5"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={inputStyle("mono h-7 placeholder:font-sans", true)}
        />
        {suggestions.length > 0 && <SuggestionList suggestions={suggestions} options={options} />}
        {error?.at !== undefined && <ErrorPlace text={value} at={error.at} />}
        <FieldError id="expression" error={error?.sentence} />
      </form>
      <ExpressionHelp onTry={tryOut} />
    </div>
  );
}
