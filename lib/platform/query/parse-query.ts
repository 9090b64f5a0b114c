import { nextDay, parseMoment } from "@/lib/contract/moment";
import { type Field, FIELD_NAMES, FIELDS, isField, isOrdered, METADATA } from "@/lib/states/run-fields";
import { findInvisible } from "./describe-character";
import type { Filter, Op } from "./filter";
import { limitMetadata } from "./limit-metadata";
import { type Operator, parseSyntax, type Piece, type Syntax, type Value } from "./parse-syntax";
import { QueryProblem } from "./query-problem";
import { checkText, isNumber, readValue } from "./read-value";

/**
 * Reads an expression such as `status_code:running AND created_at>2026-04-01`.
 * @returns undefined for an empty expression, which asks for everything
 * @throws QueryProblem (VALIDATION_ERROR at `q`, with the position) for one that makes no sense
 */
export function parseQuery(text: string): Filter | undefined {
  if (text.trim() === "") return undefined;
  const syntax = parseSyntax(text);
  limitMetadata(syntax);
  return checkSyntax(syntax);
}

/** @throws QueryProblem for a field that doesn't exist or a value that doesn't suit it */
export function checkSyntax(syntax: Syntax): Filter {
  if (syntax.kind === "not") return { kind: "not", item: checkSyntax(syntax.item) };
  if (syntax.kind !== "compare") return { kind: syntax.kind, items: syntax.items.map(checkSyntax) };
  const { path, operator, value } = syntax;
  checkText(value);
  checkSeen(value);
  const [field, ...rest] = path;
  if (field.text === METADATA) return checkMetadata(field, rest, operator, value);
  if (!isField(field.text)) {
    const known = [...FIELD_NAMES, `${METADATA}.<key>`].join(", ");
    throw new QueryProblem(`${JSON.stringify(field.text)} is no field; there are ${known}`, field.at);
  }
  if (rest.length > 1) throw new QueryProblem(`${field.text} has no parts`, rest[0]!.at);
  const { op, isNegated } = readOperator(operator, rest[0], value);
  return negateIf(isNegated, compare(field.text, op, value));
}

function compare(field: Field, op: Op, value: Value): Filter {
  if (op !== "eq" && !isOrdered(field)) {
    throw new QueryProblem(`${field} can be equal or not, but has no less and more`, value.at);
  }
  if (isNull(op, value)) return { kind: "absent", field };
  const canonical = readValue(field, value);
  if (op !== "eq" || FIELDS[field].type !== "time" || !parseMoment(value.text)?.isDay) {
    return { kind: "compare", field, op, value: canonical };
  }
  const from: Filter = { kind: "compare", field, op: "gte", value: canonical };
  const next = nextDay(canonical);
  // The last day that can be written has none after it.
  if (next.startsWith("+")) return from;
  return { kind: "and", items: [from, { kind: "compare", field, op: "lt", value: next }] };
}

function checkMetadata(field: Piece, rest: Piece[], operator: Operator, value: Value): Filter {
  const [key, named, more] = rest;
  if (!key) throw new QueryProblem("metadata needs a key, as in metadata.tenant", field.at);
  if (more)
    throw new QueryProblem(
      "metadata is asked for one key, without parts; a key with dots is quoted",
      more.at,
    );
  checkText(key);
  const { op, isNegated } = readOperator(operator, named, value);
  if (isNull(op, value)) return negateIf(isNegated, { kind: "metadata_absent", key: key.text });
  const comparison: Filter = {
    kind: "metadata",
    key: key.text,
    op,
    value: value.text,
    isNumber: isNumber(value),
  };
  return negateIf(isNegated, comparison);
}

/** The bare word; 'null' in quotation marks is a text. */
const isNull = (op: Op, { text, isQuoted }: Value): boolean =>
  op === "eq" && !isQuoted && text.toLowerCase() === "null";

/** A text with such a character is another than it looks; in quotation marks it is meant. */
function checkSeen({ text, isQuoted, at }: Value): void {
  const found = isQuoted ? undefined : findInvisible(text);
  if (!found) return;
  throw new QueryProblem(
    `The expression contains an invisible character, ${found.name}; remove it, or put the value in quotation marks`,
    at + found.at,
  );
}

const negateIf = (isNegated: boolean, item: Filter): Filter => (isNegated ? { kind: "not", item } : item);

const SYMBOLS: Record<Operator, Op> = {
  ":": "eq",
  "=": "eq",
  ">": "gt",
  "<": "lt",
  ">=": "gte",
  "<=": "lte",
};
const NAMES = ["eq", "ne", "gt", "gte", "lt", "lte"] as const;

/** @param named the operator as a word, as in `model.eq:'runflow/smart-resize'` */
function readOperator(
  symbol: Operator,
  named: Piece | undefined,
  value: Value,
): { op: Op; isNegated: boolean } {
  if (!named) return { op: SYMBOLS[symbol], isNegated: false };
  const name = NAMES.find((known) => known === named.text);
  if (!name) throw new QueryProblem(`${JSON.stringify(named.text)} is none of ${NAMES.join(", ")}`, named.at);
  if (symbol !== ":")
    throw new QueryProblem(`After .${name} stands a colon, not ${symbol}`, value.at - symbol.length);
  return name === "ne" ? { op: "eq", isNegated: true } : { op: name, isNegated: false };
}
