import { FIELD_NAMES, METADATA } from "@/lib/states/run-fields";
import { parseQuery } from "./parse-query";
import { parseSyntax } from "./parse-syntax";
import { QueryProblem } from "./query-problem";

/** Whether the text is a valid expression. */
export const isExpression = (text: string): boolean => succeeds(() => parseQuery(text));

/**
 * Whether the text is clearly meant as an expression, even with mistakes: a known field followed by an
 * operator.
 */
export const isMeantAsExpression = (text: string): boolean => FIELD_AND_OPERATOR.test(text);

const FIELD_AND_OPERATOR = new RegExp(
  String.raw`(^|[\s(])((${FIELD_NAMES.join("|")})(\.\w+)?|${METADATA}\.[^\s:=<>]+)\s*[:=<>：＝＜＞≥≤]`,
);

/** `statuscode:running` looks like an expression. So does a link, but no field resembles its start. */
export const hasFormOfExpression = (text: string): boolean =>
  !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && succeeds(() => parseSyntax(text));

/** @returns the value, if the expression matches a single client ref and nothing else */
export function readClientRef(q: string): string | undefined {
  if (!isExpression(q)) return undefined;
  const filter = parseQuery(q);
  const isOne = filter?.kind === "compare" && filter.field === "client_ref" && filter.op === "eq";
  return isOne ? filter.value : undefined;
}

function succeeds(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof QueryProblem) return false;
    throw error;
  }
}
