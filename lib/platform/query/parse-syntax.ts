import peggy from "peggy";
import { GRAMMAR } from "./grammar";
import { describeCharacter } from "./describe-character";
import { QueryProblem } from "./query-problem";

/** A piece of the text with its start, counted from 0. */
export type Piece = { text: string; at: number };
export type Value = Piece & { isQuoted: boolean };
export type Operator = ":" | "=" | ">" | "<" | ">=" | "<=";

/** A parsed expression, before its fields are checked. */
export type Syntax =
  | { kind: "and" | "or"; items: Syntax[] }
  | { kind: "not"; item: Syntax }
  | { kind: "compare"; path: [Piece, ...Piece[]]; operator: Operator; value: Value };

/** Bounds the cost of an expression before any work is done. */
export const LIMITS = { length: 4000, maxDepth: 20, maxTerms: 100, maxMetadata: 5 };

type PeggyError = {
  message: string;
  expected: { type: string; description?: string; text?: string }[] | null;
  found: string | null;
  location: { start: { offset: number } };
};

let parser: { parse(text: string, options: object): unknown } | undefined;

/** @throws QueryProblem that says what was expected, and where */
export function parseSyntax(text: string): Syntax {
  if (text.length > LIMITS.length) {
    throw new QueryProblem(`The expression is longer than ${LIMITS.length} characters`, LIMITS.length);
  }
  parser ??= peggy.generate(GRAMMAR);
  try {
    return parser.parse(text, LIMITS) as Syntax;
  } catch (error) {
    if (error instanceof Error && "location" in error) throw toProblem(error as unknown as PeggyError);
    throw error;
  }
}

function toProblem({ message, expected, found, location }: PeggyError): QueryProblem {
  const at = location.start.offset;
  if (!expected) return new QueryProblem(message, at);
  const names = expected.map(({ type, description, text }) =>
    type === "end" ? "the end" : (description ?? JSON.stringify(text)),
  );
  const useful = [...new Set(names)].filter((name) => name !== "white space").sort();
  const last = useful.pop();
  const list = useful.length > 0 ? `${useful.join(", ")} or ${last}` : last;
  const instead = found === null ? "the expression ends" : `there is ${describeCharacter(found)}`;
  return new QueryProblem(`Here ${list} is expected, but ${instead}`, at);
}
