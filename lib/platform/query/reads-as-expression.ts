import { FIELD_NAMES, METADATA } from "@/lib/states/run-fields";
import { parseQuery } from "./parse-query";
import { parseSyntax } from "./parse-syntax";
import { QueryProblem } from "./query-problem";

/** Whether the text is an expression without a fault. */
export const isExpression = (text: string): boolean => succeeds(() => parseQuery(text));

/** Whether someone clearly meant an expression, however faulty: a field that there is, and an operator after it. */
export const isMeantAsExpression = (text: string): boolean => FIELD_AND_OPERATOR.test(text);

const FIELD_AND_OPERATOR = new RegExp(
  String.raw`(^|[\s(])((${FIELD_NAMES.join("|")})(\.\w+)?|${METADATA}\.[^\s:=<>]+)\s*[:=<>：＝＜＞≥≤]`,
);

/** `statuscode:running` has the form of an expression. A link does too, but no field that it could have meant. */
export const hasFormOfExpression = (text: string): boolean =>
  !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && succeeds(() => parseSyntax(text));

/** @returns the value, when the expression asks for one client ref and nothing else */
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
