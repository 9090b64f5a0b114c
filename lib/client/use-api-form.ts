"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type FormEvent, useEffect, useEffectEvent, useRef } from "react";
import {
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  type Path,
  type PathValue,
  type Resolver,
  useForm,
  useWatch,
} from "react-hook-form";
import type { z } from "zod";
import { placeProblems } from "./place-problems";
import { useChange } from "./use-change";

type Name<Values> = Extract<keyof Values, string>;

type Options<Values extends FieldValues, Body, Result> = {
  start: Values;
  /** The contract's schema for the body. */
  schema: z.ZodType<Body>;
  /** Builds the request body, if it differs from the form's values. */
  toBody?: (values: Values) => unknown;
  /** Names of fields that differ in the request. */
  inBody?: Partial<Record<Name<Values>, string>>;
  /** Messages for empty fields, instead of the schema's. */
  missing: (values: Values) => Partial<Record<Name<Values>, string | false | undefined>>;
  send: (body: Body, values: Values) => Promise<Result>;
  onDone?: (result: Result) => void;
};

/**
 * A form that changes something through the API. Checks the contract's schema before sending, and shows a
 * refusal at its field. The first field with a problem gets the focus.
 */
export function useApiForm<Values extends FieldValues, Body, Result>(options: Options<Values, Body, Result>) {
  const { start, inBody = {}, send, onDone } = options;
  const names = Object.keys(start) as Name<Values>[];
  const form = useForm<Values, unknown, Checked<Values, Body>>({
    defaultValues: start as DefaultValues<Values>,
    resolver: checkWith(options),
    shouldFocusError: false,
  });
  const { submitCount, errors, isSubmitted } = form.formState;
  const change = useChange(({ body, values }: Checked<Values, Body>) => send(body, values), onDone);
  const { at, rest } = placeProblems(change.error, names.map(nameIn(inBody)));
  const problemAt = (name: Name<Values>) =>
    findMessage(errors[nameIn(inBody)(name)]) ?? at[nameIn(inBody)(name)];

  // Editing the form clears the last refusal.
  const forget = useEffectEvent(() => void (change.error && change.reset()));
  useEffect(() => form.subscribe({ formState: { values: true }, callback: () => forget() }), [form]);

  const element = useRef<HTMLFormElement>(null);
  const focusProblem = useEffectEvent(() => {
    if (names.some(problemAt)) element.current?.querySelector<HTMLElement>(WITH_PROBLEM)?.focus();
  });
  useEffect(() => focusProblem(), [submitCount]);
  useEffect(() => void (change.error && focusProblem()), [change.error]);

  const submit = form.handleSubmit((checked) => change.mutate(checked));
  return {
    change,
    values: useWatch({ control: form.control }) as Values,
    problemAt,
    set: <Field extends Name<Values>>(name: Field, value: Values[Field]) =>
      form.setValue(name as string as Path<Values>, value as PathValue<Values, Path<Values>>, {
        shouldValidate: isSubmitted,
      }),
    /** Props for the input of this name. */
    register: (name: Name<Values>) => ({
      ...form.register(name as string as Path<Values>),
      error: problemAt(name),
    }),
    /** Resets to the initial values, or to others. */
    reset: (to = start) => form.reset(to),
    /** Props for the dialog's form. */
    props: {
      isBusy: change.isPending,
      failure: rest,
      onSubmit: (event: FormEvent<HTMLFormElement>) => {
        element.current = event.currentTarget;
        void submit(event);
      },
    },
  };
}

type Checked<Values, Body> = { body: Body; values: Values };

const WITH_PROBLEM = "[aria-invalid=true], [data-invalid] :is(input, select, button):enabled";

const nameIn =
  (inBody: Partial<Record<string, string>>) =>
  (name: string): string =>
    inBody[name] ?? name;

const checkWith =
  <Values extends FieldValues, Body, Result>(
    options: Options<Values, Body, Result>,
  ): Resolver<Values, unknown, Checked<Values, Body>> =>
  async (values, context, rest) => {
    const { schema, toBody = (given: Values) => given, inBody = {}, missing } = options;
    const resolve = zodResolver(schema as z.ZodType<Body, FieldValues>, { error: explain });
    const { values: body, errors } = await resolve(toBody(values) as FieldValues, context, rest as never);
    const lacking = Object.entries<string | false | undefined>(missing(values)).filter(([, said]) => said);
    const all = {
      ...errors,
      ...Object.fromEntries(
        lacking.map(([name, message]) => [nameIn(inBody)(name), { type: "required", message }]),
      ),
    };
    return Object.keys(all).length > 0
      ? { values: {} as Record<string, never>, errors: all as FieldErrors<Values> }
      : { values: { body: body as Body, values }, errors: {} };
  };

/** Messages for schema checks without one. */
const explain = (issue: { code: string; maximum?: unknown; origin?: unknown }): string | undefined =>
  issue.code === "too_big" && issue.origin === "string"
    ? `Use at most ${String(issue.maximum)} characters.`
    : undefined;

/** The first message of a field or any of its parts. */
function findMessage(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  return Object.entries(error)
    .filter(([name]) => name !== "ref")
    .map(([, part]) => findMessage(part))
    .find(Boolean);
}
