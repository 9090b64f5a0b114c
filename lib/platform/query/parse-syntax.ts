import peggy from "peggy";
import { GRAMMAR } from "./grammar";
import { explainSyntax } from "./explain-syntax";
import { QueryProblem } from "./query-problem";

/** A piece of the text with its offset, from 0. */
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
  location: { start: { offset: number } };
};

let parser: { parse(text: string, options: object): unknown } | undefined;

/** @throws QueryProblem with the expectation and its position */
export function parseSyntax(text: string): Syntax {
  if (text.length > LIMITS.length) {
    throw new QueryProblem(`The expression is longer than ${LIMITS.length} characters`, LIMITS.length);
  }
  parser ??= peggy.generate(GRAMMAR);
  try {
    return parser.parse(text, LIMITS) as Syntax;
  } catch (error) {
    if (error instanceof Error && "location" in error) throw toProblem(error as unknown as PeggyError, text);
    throw error;
  }
}

function toProblem({ message, expected, location }: PeggyError, text: string): QueryProblem {
  const at = location.start.offset;
  if (!expected) return new QueryProblem(message, at);
  const names = expected.map(({ type, description, text: literal }) =>
    type === "end" ? "the end" : (description ?? literal ?? ""),
  );
  return new QueryProblem(explainSyntax(text, at, new Set(names)), at);
}
