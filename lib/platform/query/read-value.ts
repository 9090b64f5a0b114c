import { MOMENT_FORMS, parseMoment } from "@/lib/contract/moment";
import { parseUuid } from "@/lib/contract/values";
import { parseRunStatus, RUN_SOURCES, RUN_STATUSES } from "@/lib/states/run";
import { type Field, FIELDS } from "@/lib/states/run-fields";
import type { Value } from "./parse-syntax";
import { QueryProblem } from "./query-problem";

const INTEGER = /^-?\d{1,15}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,12})?$/;
const NUMBER = /^-?\d{1,30}(\.\d{1,30})?$/;

/**
 * Converts a value to the form that the database compares.
 * @throws QueryProblem for a value of the wrong type
 */
export function readValue(field: Field, { text, at }: Value): string {
  const refuse = (what: string): never => {
    throw new QueryProblem(`${field} needs ${what}, not ${JSON.stringify(shorten(text))}`, at);
  };
  switch (FIELDS[field].type) {
    case "uuid":
      return parseUuid(text) ?? refuse("a uuid");
    case "status":
      return parseRunStatus(text.toLowerCase()) ?? refuse(`one of ${RUN_STATUSES.join(", ")}`);
    case "source":
      return (
        RUN_SOURCES.find((source) => source === text.toLowerCase()) ??
        refuse(`one of ${RUN_SOURCES.join(", ")}`)
      );
    case "time":
      return parseMoment(text)?.iso ?? refuse(MOMENT_FORMS);
    case "integer":
      return INTEGER.test(text) ? text : refuse("a whole number");
    case "decimal":
      return DECIMAL.test(text) ? text : refuse("a number, such as 0.27");
    case "text":
      return text;
  }
}

export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** A quoted number is text. */
export const isNumber = ({ text, isQuoted }: Value): boolean => !isQuoted && NUMBER.test(text);

/** @throws QueryProblem for characters that PostgreSQL's text can't hold and no stored value can contain */
export function checkText({ text, at }: { text: string; at: number }): void {
  if (text.includes("\0") || !text.isWellFormed()) {
    throw new QueryProblem("The text contains a character that can't be searched for", at);
  }
}
